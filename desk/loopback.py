"""Whether a host is this machine: what goes there crosses no network, so it need not be encrypted nor packed."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a name or an address (IPv6 without brackets) is this machine's own, without asking any server."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
