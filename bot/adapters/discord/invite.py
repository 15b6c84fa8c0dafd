"""The link that brings the bot into a server."""

from urllib.parse import urlencode

SCOPES = ("bot", "applications.commands")
PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Read Message History": 1 << 16,
    "Send Messages in Threads": 1 << 38,
}


def invite_link(application: str) -> str:
    """Return the address that asks a server's manager to let the bot in, no more."""
    asked = {
        "client_id": application,
        "scope": " ".join(SCOPES),
        "permissions": str(sum(PERMISSIONS.values())),
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"
