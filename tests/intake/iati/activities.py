"""IATI files for tests, as publishers write them."""

from io import BytesIO
from typing import Final

REPORTER: Final = '<reporting-org ref="XM-DAC-47066" type="40"><narrative>IOM</narrative></reporting-org>'


def iati_file(*activities: str, version: str = "2.03", before: str = "") -> BytesIO:
    """A file with these activities; ``before`` stands between the declaration and the root."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<iati-activities version="{version}">\n'
    return BytesIO((text + "\n".join(activities) + "\n</iati-activities>\n").encode())


def activity(identifier: str, inside: str = "", *, attributes: str = 'xml:lang="en"', title: str = "Work") -> str:
    """An activity with what the schema asks for, and more inside."""
    return (
        f"<iati-activity {attributes}>\n<iati-identifier>{identifier}</iati-identifier>\n{REPORTER}\n"
        f"<title><narrative>{title}</narrative></title>\n{inside}\n</iati-activity>"
    )


MEMORANDUM: Final = activity(
    "XM-DAC-47066-MOC-7",
    """
    <description type="1"><narrative>Cooperation at borders.</narrative>
      <narrative xml:lang="ckb">هاوکاری لە سنوورەکان.</narrative>
      <narrative xml:lang="ku">Hevkarî</narrative></description>
    <description type="2"><narrative>Better border management.</narrative></description>
    <participating-org ref="XM-DAC-47066" role="4" type="40"><narrative>IOM</narrative></participating-org>
    <participating-org role="2" type="10"><narrative>Border Points Commission</narrative></participating-org>
    <participating-org ref="AU-5" role="1" type="10"><narrative>Australia - DFAT</narrative></participating-org>
    <participating-org role="3" type="10"><narrative>Government of the United States of America</narrative>
    </participating-org>
    <activity-status code="2"/>
    <activity-date iso-date="2021-02-04" type="2"><narrative>Signed in Baghdad</narrative></activity-date>
    <activity-date iso-date="2024-02-30" type="4"/>
    <activity-date iso-date="2026-12-31" type="3"/>
    <contact-info><person-name><narrative>Registry</narrative></person-name><email>registry@org.example</email>
      <website>https://org.example</website></contact-info>
    <recipient-country code="IQ" percentage="100"/>
    <location ref="trebil"><name><narrative>Trebil</narrative></name><exactness code="1"/></location>
    <location><name><narrative>Kirkuk office</narrative></name><point><pos>35.46 44.39</pos></point>
      <exactness code="2"/><feature-designation code="BLDO"/></location>
    <location><name><narrative>Somewhere</narrative></name><location-class code="4"/></location>
    <tag vocabulary="3" code="10.7"/>
    <tag vocabulary="1" code="unknown"/>
    <budget type="1"><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
      <value currency="AUD" value-date="2021-01-01">250,000.50</value></budget>
    <document-link url="https://org.example/moc.pdf" format="application/pdf"><title><narrative>Text</narrative></title>
      <category code="A09"/><language code="en"/><document-date iso-date="2021-02-05"/></document-link>
    <related-activity ref="XM-DAC-47066-WORK-1" type="2"/>
    """,
    attributes='xml:lang="en" hierarchy="1" humanitarian="0" default-currency="USD"',
    title="Memorandum</narrative><narrative xml:lang='ar'>مذكرة</narrative><narrative xml:lang='fr'>Protocole",
)
WORK: Final = activity(
    "XM-DAC-47066-WORK-1",
    """
    <description><narrative>Sixty officers.</narrative></description>
    <participating-org ref="AU-5" role="1" type="10"><narrative>Australia - DFAT</narrative></participating-org>
    <participating-org ref="XM-DAC-47066" role="4"><narrative>IOM</narrative></participating-org>
    <activity-status code="4"/>
    <activity-date iso-date="2022-01-01" type="1"/><activity-date iso-date="2022-03-01" type="2"/>
    <recipient-country code="IQ"/>
    <default-finance-type code="421"/>
    <transaction><transaction-type code="2"/><transaction-date iso-date="2022-02-01"/>
      <value currency="USD" value-date="2022-02-01">840000</value><provider-org ref="AU-5"/></transaction>
    <transaction><transaction-type code="3"/><transaction-date iso-date="2022-06-01"/>
      <value value-date="2022-06-01">100</value></transaction>
    <related-activity ref="XM-DAC-47066-MOC-7" type="1"/>
    """,
    attributes='xml:lang="en" hierarchy="2"',
    title="Training",
)
