"""Settings, declared here alone; bot/setting_values.py reads and checks them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from store.model.installation import is_checkout
from store.model.override import override

PREFIX = "SITREP_"
FILE = Path("sitrep.toml")
SECRETS = (
    *("discord_token", "matrix_token", "matrix_password", "matrix_recovery_key"),
    *("replica_secret", "lease_token"),
)
"""Settings that may be read from a file instead, and are never shown."""
DATA = ("store", "matrix_state")
"""Settings that name what the program keeps, in the data folder unless they say where."""
PATHS = (*DATA, "backup_folder", "replica_key_file", "replica_socket")
"""Settings that name a file or a folder."""

_IDS = "^[0-9]*([, ]+[0-9]+)*$"
_ROOMS = "^$|^![^ ,]+([, ]+![^ ,]+)*$"
_INVITES = "^$|^@?[^ ,@]+([, ]+@?[^ ,@]+)*$"
_REPLICA = "^$|^/.+$|^sftp://[^@/ ]+@[^@/ ]+/[^ ]+$|^s3://[^/ ]+(/[^ ]*)?$"
_YES_OR_NO = {"fix": "write yes or no", "pattern": "^(yes|no)$"}
_ADDRESS = "^$|^(https?|wss?)://[^ ]+$"


FORMER: Mapping[str, str] = {}
"""Settings of earlier versions that are gone: each with what to write instead, as in "write it into
SITREP_STORE". A version that drops or renames one says so here."""


class SettingsError(Exception):
    """All that is wrong with the settings, a line each, with what to write instead."""


class Secret:
    """A text that no log and no error shows; `reveal` gives it to what needs it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    @override
    def __repr__(self) -> str:
        return "**********"


def _is_zone(name: str) -> bool:
    """Tell whether a time zone has this name."""
    try:
        ZoneInfo(name)
    except (OSError, LookupError, ValueError):
        return False
    return True


class SettingField(Struct, frozen=True):
    """How a setting is declared: its type, its default, and what is right."""

    type: Any
    default: Any
    help: str
    fix: str
    limits: Mapping[str, Any]


_DECLARED: list[tuple[Any, str, str, Mapping[str, Any]]] = []


def _setting(default: Any, help_: str, fix: str, **limits: Any) -> Any:  # noqa: ANN401 -- any value
    _DECLARED.append((default, help_, fix, limits))
    return default


def _flag(help_: str) -> Any:  # noqa: ANN401 -- a truth value
    return _setting(False, help_, "write true or false")  # noqa: FBT003 -- a default like others


class Settings(Struct, frozen=True, kw_only=True):
    """What the program runs with."""

    store: Path = _setting(
        Path("sitrep.db"), "The file that holds the record", "write the path of a file"
    )
    zone: str = _setting(
        "Europe/Kyiv",
        "The time zone of days",
        "write a zone such as Europe/Kyiv",
        suits=_is_zone,
    )
    language: str = _setting(
        "en",
        "The language of the program's own words: en or uk",
        "write en or uk",
        pattern="^(en|uk)$",
    )
    stale_days: int = _setting(
        7, "An assessment older than this is STALE", "write a number from 1 to 365", ge=1, le=365
    )
    map_delay: int = _setting(
        24,
        "What is younger than so many hours is shown no finer than its settlement",
        "write a number of hours from 0 to 720",
        ge=0,
        le=720,
    )
    source_records: str = _setting(
        "yes",
        "Whether /sources tells what became of the claims of a source: yes or no",
        **_YES_OR_NO,
    )
    remember: str = _setting(
        "yes",
        "Whether people can ask to be told once of what goes on record, and whether what was asked"
        " in vain is counted: yes or no",
        **_YES_OR_NO,
    )
    keep_answers: str = _setting(
        "yes",
        "Whether answers that cannot have changed are kept in memory, in 16 MB: yes or no",
        **_YES_OR_NO,
    )
    catch_up_hours: int = _setting(
        12,
        "How many hours late a daily summary may come; after that it joins the next",
        "write a number of hours from 1 to 23",
        ge=1,
        le=23,
    )
    log: str = _setting(
        "",
        "How much to log, to standard error; run logs info by default, the others warning",
        "write error, warning, info or debug",
        pattern="^(error|warning|info|debug)?$",
    )

    watch: str = _setting(
        "",
        "Where /metrics and /healthz are served, such as 127.0.0.1:9464; empty: nowhere",
        "write an address and a port, such as 127.0.0.1:9464",
        pattern=r"^$|^(localhost|[0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}$",
    )
    watch_open: bool = _flag("Whether SITREP_WATCH may be an address that other machines reach")

    fetch: bool = _flag("Whether moderators may have the bot fetch a page for /draft from")
    fetch_allow: str = _setting(
        "",
        "Hosts that may be inside a network when a page is fetched from them",
        "write hosts such as wiki.example.org,intranet:8080",
        pattern="^[^ /@]*([, ]+[^ /@]+)*$",
    )
    fetch_proxy: str = _setting(
        "",
        "The proxy through which pages are fetched; it then has to keep them off your network",
        "write an address such as http://proxy.example.org:3128",
        pattern="^$|^http://[^ ]+$",
    )

    backup_folder: str = _setting(
        "",
        "The folder for the copies that a running bot makes of its store; empty: no copies",
        "write the path of a folder",
    )
    backup_hours: int = _setting(
        24, "Hours between two copies", "write a number of hours from 1 to 720", ge=1, le=720
    )
    backup_keep: int = _setting(
        7, "How many copies to keep", "write a number from 1 to 1000", ge=1, le=1000
    )

    replica: str = _setting(
        "",
        "Where the store is shipped to: a folder, sftp://user@host/folder or s3://bucket/folder",
        "write a path that begins with /, sftp://user@host/folder or s3://bucket/folder",
        pattern=_REPLICA,
    )
    replica_endpoint: str = _setting(
        "",
        "Where the bucket is, unless at Amazon",
        "write an address such as https://s3.example.org",
        pattern="^$|^https?://[^ ]+$",
    )
    replica_region: str = _setting(
        "", "The bucket's region", "write a region such as eu-central-1", pattern="^[^ ]*$"
    )
    replica_key_id: str = _setting(
        "", "The id of the key to the bucket", "write the id of an access key", pattern="^[^ ]*$"
    )
    replica_secret: Secret | None = _setting(
        None,
        "The secret of that key, or the password for SFTP; also SITREP_REPLICA_SECRET_FILE",
        "write the secret of the access key, or the password",
    )
    replica_key_file: str = _setting(
        "", "The file of the private key for SFTP, instead of a password", "write a file's path"
    )
    replica_host_key: str = _setting(
        "",
        "The public key of the SFTP server, by which it is known",
        "write what ssh-keyscan -t ecdsa prints after the name: ecdsa-sha2-nistp256 AAAA…",
        pattern="^$|^[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$",
    )
    replica_days: int = _setting(
        3,
        "For how many days the replica can give back an earlier moment",
        "write a number of days from 1 to 365",
        ge=1,
        le=365,
    )
    replica_interval: int = _setting(
        1000,
        "Milliseconds until what is new is shipped while nobody waits for it",
        "write a number of milliseconds from 100 to 60000",
        ge=100,
        le=60000,
    )
    replica_socket: str = _setting(
        "",
        "The shipper's control socket; beside the store unless set",
        "write the path of a socket",
    )
    durable: str = _setting(
        "local",
        "What an answer waits for before it says filed: local (this disk) or shipped (the replica)",
        "write local or shipped",
        pattern="^(local|shipped)$",
    )

    lease: str = _setting(
        "",
        "For run --standby: the NATS servers that hold the lease; empty: the lock of the store",
        "write addresses such as nats://10.0.0.1:4222,nats://10.0.0.2:4222,nats://10.0.0.3:4222",
        pattern="^$|^(nats|tls)://[^ ,]+([, ]+(nats|tls)://[^ ,]+)*$",
    )
    lease_token: Secret | None = _setting(
        None,
        "The token with which they let it in; also SITREP_LEASE_TOKEN_FILE",
        "write the token of the servers",
    )
    lease_name: str = _setting(
        "sitrep",
        "The name of this desk's lease, the same on each of its machines",
        "write a name of at most 60 characters",
        pattern="^.{1,60}$",
    )
    lease_seconds: int = _setting(
        4,
        "Seconds after which a lease that nobody renews may be taken",
        "write a number of seconds from 2 to 60",
        ge=2,
        le=60,
    )

    discord_token: Secret | None = _setting(
        None,
        "The bot's token from Discord's developer portal; also SITREP_DISCORD_TOKEN_FILE",
        "write the token of the bot",
    )
    discord_home: str = _setting(
        "",
        "Ids of the servers whose moderators keep this desk's record",
        "write ids such as 123,456",
        pattern=_IDS,
    )
    discord_moderator_roles: str = _setting(
        "",
        "Ids of the roles that make a moderator in a home server",
        "write ids such as 123,456",
        pattern=_IDS,
    )
    discord_api: str = _setting(
        "",
        "Where Discord's API is, for those behind a proxy",
        "write an address such as https://discord.com/api/v10",
        pattern=_ADDRESS,
    )
    discord_gateway: str = _setting(
        "",
        "Where Discord's gateway is, for those behind a proxy",
        "write an address such as wss://gateway.discord.gg",
        pattern=_ADDRESS,
    )

    matrix_homeserver: str = _setting(
        "",
        "The homeserver on which the bot has its account",
        "write an address such as https://matrix.example.org",
        pattern="^$|^https?://[^ ]+$",
    )
    matrix_user: str = _setting(
        "",
        "The bot's account there",
        "write an id such as @sitrep:example.org",
        pattern="^$|^@[^ :]+:[^ ]+$",
    )
    matrix_token: Secret | None = _setting(
        None,
        "The token of a session that was made for the bot; also SITREP_MATRIX_TOKEN_FILE",
        "write the token of a session",
    )
    matrix_device: str = _setting(
        "", "The device of that session", "write the id of the token's device"
    )
    matrix_password: Secret | None = _setting(
        None,
        "The account's password, needed once; also SITREP_MATRIX_PASSWORD_FILE",
        "write the password of the account",
    )
    matrix_recovery_key: Secret | None = _setting(
        None,
        "The account's recovery key, which signs new devices; also SITREP_MATRIX_RECOVERY_KEY_FILE",
        "write the recovery key of the account",
    )
    matrix_state: Path = _setting(
        Path("sitrep.matrix"),
        "The folder that keeps the session and its keys",
        "write the path of a folder",
    )
    matrix_home: str = _setting(
        "",
        "Ids of the rooms whose moderators keep this desk's record",
        "write ids such as !abc:example.org",
        pattern=_ROOMS,
    )
    matrix_invites: str = _setting(
        "",
        "People and servers whose invitations the bot takes",
        "write ids and servers such as @anna:example.org,example.net",
        pattern=_INVITES,
    )
    matrix_prefix: str = _setting(
        "!",
        "What stands before a command in a Matrix room",
        "write one to twelve characters without a blank or a slash",
        pattern="^[^ /]{1,12}$",
    )

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


FIELDS: Mapping[str, SettingField] = {
    name: SettingField(Settings.__annotations__[name], *declared)
    for name, declared in zip(Settings.__struct_fields__, _DECLARED, strict=True)
}
"""Each setting's declaration."""


def settings_file() -> Path:
    """Return the file of the settings: the current folder's, or an installed program's own."""
    if FILE.exists() or is_checkout():
        return FILE
    from platformdirs import user_config_path

    return user_config_path("sitrep", appauthor=False) / FILE


def default_path(name: str) -> Path:
    """Return where `store` or `matrix_state` is unless set: in an installed program's data folder.

    From a checkout it is in the current folder.
    """
    default: Path = FIELDS[name].default
    if is_checkout():
        return default
    from platformdirs import user_data_path

    return user_data_path("sitrep", appauthor=False) / default


def ids(text: str) -> frozenset[str]:
    """Return the ids of a setting that lists them."""
    return frozenset(text.replace(",", " ").split())


def table() -> list[tuple[str, str, str]]:
    """Return each setting's variable, default and meaning, for the docs."""
    return [
        (name_variable(name), str(setting.default), setting.help)
        for name, setting in FIELDS.items()
    ]


def name_variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"
