"""What can be wrong with a mailbox, in words for the person who set it up. Each says what to do."""

from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Unavailable


class MailboxTrouble(Unavailable):
    """The mail server cannot be used now. No mail is lost: it stays on the server, or in our queue."""

    code = "mailbox-trouble"
    words = _("The mail server {host} answered: {answer}. Mail stays where it is and will be tried again.")


class HostUnknown(MailboxTrouble):
    code = "mail-host-unknown"
    words = _("There is no server named {host}. Check the spelling of the server's name.")


class ConnectionRefused(MailboxTrouble):
    code = "mail-connection-refused"
    words = _(
        "{host} does not accept connections on port {port}. Check the port, and whether a firewall is between."
    )


class ServerSilent(MailboxTrouble):
    code = "mail-server-silent"
    words = _(
        "{host} did not answer on port {port} in time. Check the port and the kind of encryption, or try later."
    )


class CertificateInvalid(MailboxTrouble):
    code = "mail-certificate-invalid"
    words = _(
        "The certificate of {host} cannot be trusted: {answer}. Use the name that stands in the certificate, or have "
        "the server's certificate renewed."
    )


class EncryptionMismatch(MailboxTrouble):
    code = "mail-encryption-mismatch"
    words = _(
        "{host} does not speak the chosen kind of encryption on port {port}. Usual are TLS on 993 and 465, STARTTLS on "
        "143 and 587."
    )


class PlainTextRefused(MailboxTrouble):
    code = "mail-plain-text-refused"
    words = _(
        "Without encryption the password could be read on the way to {host}. Choose TLS or STARTTLS; no encryption is "
        "only for a server on this machine."
    )


class SignInRefused(MailboxTrouble):
    code = "mail-sign-in-refused"
    words = _(
        "{host} does not accept the user name {user} with this password. Type the password again; if the account has "
        "two-factor sign-in, make an app password there. The server said: {answer}"
    )


class TokenRefused(MailboxTrouble):
    code = "mail-token-refused"
    words = _(
        "The permission to use the mailbox of {user} has ended or was withdrawn: {answer}. Connect the mailbox again "
        "in its settings."
    )


class SecretUnreadable(MailboxTrouble):
    code = "mail-secret-unreadable"
    words = _(
        "The stored password of {address} cannot be read, because Tugon's secret key changed. Type the password again "
        "in the mailbox's settings, or bring back the former key."
    )


class FolderMissing(MailboxTrouble):
    code = "mail-folder-missing"
    words = _("The mailbox has no folder {folder}. Choose one of: {folders}.")


class NothingConfigured(MailboxTrouble):
    code = "mail-not-configured"
    words = _(
        "No server for this direction is set for {address}. Fill in the server, or leave this direction out."
    )
