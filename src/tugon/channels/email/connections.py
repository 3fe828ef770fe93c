"""Connections to mail servers, signed in, and what their failures mean in words.

Certificates are always verified. Without encryption only a server on this machine is spoken to.
"""

import contextlib
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Iterator

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from tugon.lib import secrets

from ..models import Mailbox
from .errors import (
    CertificateInvalid,
    ConnectionRefused,
    EncryptionMismatch,
    HostUnknown,
    MailboxTrouble,
    NothingConfigured,
    PlainTextRefused,
    SecretUnreadable,
    ServerSilent,
    SignInRefused,
)
from .oauth import access_token, sasl

CONNECT_SECONDS = 20
ANSWER_SECONDS = 120
"""A large letter over a slow line needs its time."""


def open_imap(mailbox: Mailbox) -> IMAPClient:
    """An IMAP connection, signed in. Raises MailboxTrouble."""
    if not mailbox.imap_host:
        raise NothingConfigured(address=mailbox.address)
    host, port, security = mailbox.imap_host, mailbox.imap_port, mailbox.imap_security
    require_encryption(host, security)
    with in_words(host, port):
        client = IMAPClient(
            host,
            port,
            ssl=security == Mailbox.Security.TLS,
            ssl_context=ssl.create_default_context() if security == Mailbox.Security.TLS else None,
            timeout=SocketTimeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS),
        )
        try:
            if security == Mailbox.Security.STARTTLS:
                client.starttls(ssl.create_default_context())
            _sign_in_imap(client, mailbox)
        except BaseException:
            hang_up(client)
            raise
    return client


def open_smtp(mailbox: Mailbox) -> smtplib.SMTP:
    """An SMTP connection, signed in where the mailbox has a user name. Raises MailboxTrouble."""
    if not mailbox.smtp_host:
        raise NothingConfigured(address=mailbox.address)
    host, port, security = mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security
    require_encryption(host, security)
    with in_words(host, port):
        name = mailbox.address.rpartition("@")[2] or None
        context = ssl.create_default_context()
        client: smtplib.SMTP
        if security == Mailbox.Security.TLS:
            client = smtplib.SMTP_SSL(
                host, port, local_hostname=name, timeout=CONNECT_SECONDS, context=context
            )
        else:
            client = smtplib.SMTP(host, port, local_hostname=name, timeout=CONNECT_SECONDS)
        try:
            if security == Mailbox.Security.STARTTLS:
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            _sign_in_smtp(client, mailbox)
            if client.sock is not None:
                client.sock.settimeout(ANSWER_SECONDS)
        except BaseException:
            client.close()
            raise
    return client


def hang_up(client: IMAPClient) -> None:
    """End an IMAP connection, whatever state it is in."""
    with contextlib.suppress(Exception):
        client.socket().settimeout(3)
        client.logout()
    with contextlib.suppress(Exception):
        client.shutdown()


def require_encryption(host: str, security: str) -> None:
    """Raises PlainTextRefused for a server elsewhere without encryption."""
    if security == Mailbox.Security.NONE and not _is_this_machine(host):
        raise PlainTextRefused(host=host)


@contextlib.contextmanager
def in_words(host: str, port: int) -> Iterator[None]:
    """Turn what the network and the libraries raise into MailboxTrouble."""
    try:
        yield
    except MailboxTrouble:
        raise
    except ssl.SSLCertVerificationError as error:
        raise CertificateInvalid(host=host, answer=error.verify_message) from error
    except ssl.SSLError as error:
        raise EncryptionMismatch(host=host, port=port) from error
    except smtplib.SMTPNotSupportedError as error:
        raise EncryptionMismatch(host=host, port=port) from error
    except socket.gaierror as error:
        raise HostUnknown(host=host) from error
    except ConnectionRefusedError as error:
        raise ConnectionRefused(host=host, port=port) from error
    except TimeoutError as error:
        raise ServerSilent(host=host, port=port) from error
    except smtplib.SMTPResponseException as error:
        raise MailboxTrouble(host=host, answer=f"{error.smtp_code} {said(error.smtp_error)}") from error
    except (OSError, IMAPClientAbortError, IMAPClientError, smtplib.SMTPException) as error:
        raise MailboxTrouble(host=host, answer=said(str(error)) or type(error).__name__) from error


def opened(mailbox: Mailbox, sealed: str) -> str:
    """A stored secret in clear. Raises SecretUnreadable when another key sealed it."""
    try:
        return secrets.unseal(sealed)
    except ValueError as error:
        raise SecretUnreadable(address=mailbox.address) from error


def said(words: object) -> str:
    """A server's words on one line, at most 300 letters."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return " ".join(text.split())[:300]


def _sign_in_imap(client: IMAPClient, mailbox: Mailbox) -> None:
    user = mailbox.imap_user or mailbox.address
    if mailbox.sign_in == Mailbox.Sign.OAUTH2:
        try:
            client.oauth2_login(user, access_token(mailbox))
        except LoginError:
            _again_with_new_token(client, mailbox, user)
        return
    try:
        client.login(user, opened(mailbox, mailbox.sealed_imap_password))
    except LoginError as error:
        raise _refused(mailbox, user, error) from error


def _refused(mailbox: Mailbox, user: str, error: LoginError) -> MailboxTrouble:
    """A lost connection comes as LoginError too; that is no word about the password."""
    if isinstance(error.__context__, IMAPClientAbortError):
        return MailboxTrouble(host=mailbox.imap_host, answer=said(error))
    return SignInRefused(host=mailbox.imap_host, user=user, answer=said(error))


def _again_with_new_token(client: IMAPClient, mailbox: Mailbox, user: str) -> None:
    """The server may have dropped a token before its time; once is tried with a fresh one."""
    try:
        client.oauth2_login(user, access_token(mailbox, renew=True))
    except LoginError as error:
        raise _refused(mailbox, user, error) from error


def _sign_in_smtp(client: smtplib.SMTP, mailbox: Mailbox) -> None:
    user = mailbox.smtp_user
    if not user:
        return
    try:
        if mailbox.sign_in == Mailbox.Sign.OAUTH2:
            token = access_token(mailbox)
            client.auth("XOAUTH2", lambda challenge=None: sasl(user, token) if challenge is None else "")
        else:
            client.login(user, opened(mailbox, mailbox.sealed_smtp_password))
    except smtplib.SMTPAuthenticationError as error:
        raise SignInRefused(
            host=mailbox.smtp_host, user=user, answer=f"{error.smtp_code} {said(error.smtp_error)}"
        ) from error


def _is_this_machine(host: str) -> bool:
    if host.lower() in ("localhost", "ip6-localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
