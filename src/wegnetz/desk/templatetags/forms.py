"""What every form of the desk carries unseen. Built into every template, in place of Django's `csrf_token`."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from wegnetz.desk.kept import TOKEN, form_token, owner_of, shows_a_form

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context, address: str = "") -> str:
    """Django's own token, and for whom the form was made, so that nothing typed is lost with the session.

    `address` is where the form is sent to when that is not its own page.
    """
    token = CsrfTokenNode().render(context)
    request: HttpRequest | None = context.get("request")
    viewer = getattr(request, "viewer", None)
    if request is None or viewer is None or not (address or shows_a_form(request)):
        return token
    made_for = form_token(owner_of(viewer), address or request.path)
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, TOKEN, made_for)
