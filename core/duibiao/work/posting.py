"""Posting to an address that somebody else chose: never to one's own machine or network, never further than asked, never for long."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import socket
import time

import httpx

SECONDS = 15.0
"""Longest time from looking the address up to the answer."""
SIGNATURE, NUMBER = "X-Duibiao-Signature", "X-Duibiao-Delivery"


class RefusedError(Exception):
    """It was not taken; the message says why, in Chinese."""


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return the value of the header SIGNATURE.

    Args:
        secret: The secret of the address.
        moment: Seconds since 1970.
        body: Body of the request.
    """
    signed = hmac.new(secret.encode(), b"%d.%s" % (moment, body), hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def is_outside(address: str) -> bool:
    """Whether an IP address belongs to nobody's own network."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_outside(str(inner))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def post(url: str, secret: str, body: bytes, number: str, *, inside: bool) -> None:
    """Post a note, signed.

    Args:
        url: Where to.
        secret: Its secret.
        body: The note, as JSON.
        number: Id of the delivery, by which a receiver knows a note that comes twice.
        inside: Whether it may lead into one's own network.

    Raises:
        RefusedError: If it was not taken with a 2xx.
    """
    try:
        status = asyncio.run(_within(url, secret, body, number, inside=inside))
    except TimeoutError:
        raise RefusedError(f"{SECONDS:.0f} 秒内没有答复") from None
    except socket.gaierror:
        raise RefusedError("查不到这个主机名") from None
    except (httpx.HTTPError, OSError, UnicodeError) as error:
        raise RefusedError(f"连接不上（{type(error).__name__}）") from None
    if not 200 <= status < 300:
        raise RefusedError(f"答复的状态是 {status}，不是 2xx")


async def _within(url: str, secret: str, body: bytes, number: str, *, inside: bool) -> int:
    async with asyncio.timeout(SECONDS):
        there = httpx.URL(url)
        address = await _address(there, inside=inside)
        headers = {
            "Host": there.netloc.decode(),
            "Content-Type": "application/json",
            "User-Agent": "duibiao",
            SIGNATURE: signature(secret, int(time.time()), body),
            NUMBER: number,
        }
        async with (
            httpx.AsyncClient(trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST", there.copy_with(host=address), content=body, headers=headers,
                extensions={"sni_hostname": there.host},
            ) as answer,
        ):  # fmt: skip
            return answer.status_code


async def _address(url: httpx.URL, *, inside: bool) -> str:
    """Look a host up, once: what is looked at is what is connected to."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not inside and not all(map(is_outside, addresses)):
        raise RefusedError("这个地址在内部网络中；需要的话请系统管理员设 DUIBIAO_WEBHOOKS_INSIDE=1")
    return addresses[0]
