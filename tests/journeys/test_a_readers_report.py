"""The form's script, in a browser: what it works out is what the portal asks for."""

from playwright.sync_api import Page

from agreements.correspondence.tickets import is_worked


def test_the_proof_is_worked_out_while_somebody_writes(page: Page) -> None:
    page.goto("/ckb/agreements/MOC-0001/report/")
    page.wait_for_function("document.querySelector('[name=work]').value")

    ticket, work = (page.locator(f"[name={name}]").input_value() for name in ("ticket", "work"))

    assert is_worked(ticket, work)
    assert page.context.cookies() == []
