"""The signer's own tree: no account, no session; the token in the address is all there is."""

from django.urls import path, register_converter

from signing import guest_views


class Token:
    """64 hexadecimal digits, as `invitations.token_of` writes them."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Token, "signer_token")

app_name = "signing_guest"

urlpatterns = [
    path("<signer_token:token>/", guest_views.document, name="document"),
    path("<signer_token:token>/sign/", guest_views.sign, name="sign"),
    path("<signer_token:token>/decline/", guest_views.decline, name="decline"),
    path("<signer_token:token>/file/", guest_views.file, name="file"),
    path("<signer_token:token>/certificate/", guest_views.certificate, name="certificate"),
    path("<signer_token:token>/certificate.json", guest_views.certificate_json, name="certificate_json"),
]
