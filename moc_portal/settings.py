"""Settings of the portal, from the environment. What is absent means production; see docs/settings.md."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from moc_portal.env import (
    check_own_host,
    database_from_url,
    env_bool,
    env_choice,
    env_list,
    env_number,
    env_numbers,
    env_origin,
    env_secret,
    env_text,
)

BASE_DIR = Path(__file__).resolve().parent.parent

DEVELOPMENT = env_bool("MOC_DEVELOPMENT", default=False)
"""Plain http on loopback and a seal authority of its own; set by `make run`, never elsewhere."""

DEBUG = False
DATA_DIR = Path(env_text("MOC_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = env_secret("SECRET_KEY", remedy="Set it to at least 50 random characters, and keep it.")
ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS",
    default="127.0.0.1,localhost,[::1]" if DEVELOPMENT else None,
    remedy="Set it to the host names that the portal answers to, separated by commas.",
)
PUBLIC_ORIGIN = env_origin("PUBLIC_ORIGIN", plain_http=DEVELOPMENT)
"""Where permanent addresses, QR codes and citations point."""

FILES_ORIGIN = env_origin("MOC_FILES_ORIGIN", plain_http=DEVELOPMENT, default="")
"""A host of their own for the files of agreements, which answers nothing else; empty: they are at the portal's."""

if FILES_ORIGIN:
    check_own_host("MOC_FILES_ORIGIN", FILES_ORIGIN, other=PUBLIC_ORIGIN)
    ALLOWED_HOSTS.append(urlsplit(FILES_ORIGIN).hostname or "")

# Who runs the portal, and on what terms: shown on its public pages
OPERATOR = env_text("MOC_OPERATOR", default="")
CONTACT_EMAIL = env_text("MOC_CONTACT_EMAIL", default="")
DATA_LICENCE_NAME = env_text("MOC_DATA_LICENCE_NAME", default="")
DATA_LICENCE_URL = env_text("MOC_DATA_LICENCE_URL", default="")

# Who reports the register's activities in IATI files: a portal without an identifier is named by its host
IATI_REPORTING_ORG = {
    "ref": env_text("MOC_IATI_REPORTING_ORG_REF", default=urlsplit(PUBLIC_ORIGIN).netloc),
    "name": env_text("MOC_IATI_REPORTING_ORG_NAME", default=OPERATOR or "MOC Portal"),
    "type": env_choice(
        "MOC_IATI_REPORTING_ORG_TYPE",
        ("10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"),
        default="90",
    ),
}

# Seals: what agreements/summaries signs with. One key: in a PKCS#12 file, in PEM files, or in a PKCS#11 token
SEAL_PKCS12 = env_text("MOC_SEAL_PKCS12", default="")
SEAL_PKCS12_PASSWORD = env_secret("MOC_SEAL_PKCS12_PASSWORD", default="")
SEAL_PEM_KEY = env_text("MOC_SEAL_PEM_KEY", default="")
SEAL_PEM_PASSWORD = env_secret("MOC_SEAL_PEM_PASSWORD", default="")
SEAL_PKCS11_MODULE = env_text("MOC_SEAL_PKCS11_MODULE", default="")
SEAL_PKCS11_TOKEN = env_text("MOC_SEAL_PKCS11_TOKEN", default="")
SEAL_PKCS11_KEY = env_text("MOC_SEAL_PKCS11_KEY", default="")
SEAL_PKCS11_KEY_ID = env_text("MOC_SEAL_PKCS11_KEY_ID", default="")
SEAL_PKCS11_PASSWORD = env_secret("MOC_SEAL_PKCS11_PIN", default="")  # so named that Django's reports hide it
SEAL_CERTIFICATE = env_text("MOC_SEAL_CERTIFICATE", default="")
SEAL_CHAIN = env_text("MOC_SEAL_CHAIN", default="")
SEAL_FORMER_CERTIFICATES = env_text("MOC_SEAL_FORMER_CERTIFICATES", default="")
SEAL_LEVEL = env_choice("MOC_SEAL_LEVEL", ("auto", "b-b", "b-t", "b-lt", "b-lta"), default="auto").upper()
SEAL_RENEW_DAYS = env_number("MOC_SEAL_RENEW_DAYS", default=90)
TIMESTAMP_URL = env_text("MOC_TIMESTAMP_URL", default="")
TIMESTAMP_ROOTS = env_text("MOC_TIMESTAMP_ROOTS", default="")

# The log: what agreements/editions signs its checkpoints with
CHECKPOINT_KEY = env_secret("MOC_CHECKPOINT_KEY", default="")
CHECKPOINT_FORMER_KEYS = env_list("MOC_CHECKPOINT_FORMER_KEYS", default="")

CLAMD = env_text("MOC_CLAMD", default="")
"""ClamAV's daemon, which looks at uploaded documents: unix:/path or tcp:host:port; empty: nothing is scanned."""

FOUR_EYES = env_bool("MOC_FOUR_EYES", default=True)
"""Whether who last edited or submitted a record is kept from approving it; editions say where it was not so."""

INSTALLED_APPS = [
    "agreements.staff.apps.DeskConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "agreements.apps.AgreementsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "moc_portal.security.PermissionsPolicyMiddleware",
    "moc_portal.attachments.FilesHostMiddleware",
    "moc_portal.security.SharedAnswersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "agreements.opendata.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "moc_portal.bodies.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "moc_portal.history.StaffHistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "moc_portal.urls"
WSGI_APPLICATION = "moc_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": database_from_url(
        env_secret(
            "DATABASE_URL",
            remedy="Set it to postgresql://user:password@host:port/name; `make run` needs none, it brings its own.",
        )
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Public pages as they are kept: moc_portal/pages
PAGES_MEMORY_BYTES = env_number("MOC_PAGES_MB", default=64) * 1024**2
_cache_url = env_secret("MOC_CACHE_URL", default="")
_pages_cache: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": _cache_url,
    "KEY_PREFIX": "moc-pages",
    "OPTIONS": {
        "serializer": "moc_portal.pages.shared.PlainBytes",
        "socket_timeout": 0.5,
        "socket_connect_timeout": 0.5,
    },
}
_own_counts: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "rates",
    "OPTIONS": {"MAX_ENTRIES": 50_000},
}
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "own_counts": _own_counts,
    **({"pages": _pages_cache, "shared_counts": _pages_cache | {"KEY_PREFIX": "moc-rates"}} if _cache_url else {}),
}
API_REQUESTS_A_MINUTE = env_number("MOC_API_LIMIT", default=600)
"""How many requests to the API one client may send: moc_portal/rates.py."""

# E-mail: reminders of key dates
EMAIL_HOST = env_text("MOC_EMAIL_HOST", default="")
EMAIL_PORT = env_number("MOC_EMAIL_PORT", default=587)
EMAIL_HOST_USER = env_text("MOC_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env_secret("MOC_EMAIL_PASSWORD", default="")
_email_security = env_choice("MOC_EMAIL_SECURITY", ("starttls", "tls", "none"), default="starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _email_security == "starttls", _email_security == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_text(
    "MOC_EMAIL_FROM",
    default=None if EMAIL_HOST else "register@localhost",
    remedy="Set it to the address that reminders come from, such as MOC Portal <register@example.org>.",
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif DEVELOPMENT:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
REMINDS_BY_MAIL = bool(EMAIL_HOST) or DEVELOPMENT
"""Without a mail server nobody is reminded, and nothing is noted as sent; in development mails are files."""

REMINDER_DAYS = env_numbers("MOC_REMINDER_DAYS", default="180,90,30,7")
"""How many days before a key date those in charge are told."""

IMPORT_DAYS = env_number("MOC_IMPORT_DAYS", default=30)
"""How long the files of imports are kept."""

PERIODIC = [
    "agreements.reminders.daily.queue_todays_reminders",
    "agreements.search.days.derive_due_statuses",
    "agreements.correspondence.erase.erase_old_reports",
    "agreements.editions.checkpoints.sign_todays_checkpoint",
    "agreements.summaries.queue.queue_due_renewals",
    "agreements.intake.erase.erase_old_imports",
    "agreements.intake.contents.deliver.erase_old_deliveries",
]
"""What a worker calls about every minute with the moment; each decides itself whether there is anything to do."""

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("ckb", "کوردی")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Baghdad"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_PLAIN_FILES = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
_COMPRESSED_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "storage", "base_url": None},
    },
    # Compressing takes ten seconds of a first start, which readers on the same machine gain nothing from.
    "staticfiles": {"BACKEND": _PLAIN_FILES if DEVELOPMENT else _COMPRESSED_FILES},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # larger files wait on disk, and are gone after the answer
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # files do not count: the views that take one say what is too large
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an agreement with hundreds of parts in one form

# Accounts
LOGIN_URL = reverse_lazy("admin:login")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Security: strict, and relaxed only for plain http on a developer's machine
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a link in an e-mail finds staff logged in
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "moc_portal.csrf.csrf_failure"
TRUST_PROXY = env_bool("MOC_TRUST_PROXY", default=False)
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws the arrows of its selects so
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "moc_portal.logs.WithoutSecrets",
            "format": "time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "agreements": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
