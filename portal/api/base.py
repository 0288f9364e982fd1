"""What every call begins with: a token in force, a person it may speak for, a scope; and what it ends with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.models import User
from portal.api import tokens
from portal.api.answers import Refusal, answer, of_door, problem
from portal.api.models import Call, Scope, Token
from portal.workflow.errors import DoorError

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="portal"'}
LONGEST_KEY = 200


class ApiRequest(HttpRequest):
    """A call with its id."""

    id: str


@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    """Base of the interface. A session's cookie is no right here: only the token is.

    `needs`: the scope of every method; a view that depends on more asks with `require`.
    """

    needs = Scope.READ
    http_method_names = ["get", "post"]
    request: ApiRequest
    token: Token
    person: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Recognise, answer, and turn every refusal into problem details."""
        request_id = cast(ApiRequest, request).id
        try:
            self.enter(request)
            self.check_method(request)
            return super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            return problem(refusal, request_id)
        except DoorError as error:
            return problem(of_door(error), request_id)
        except PermissionDenied as error:
            return problem(Refusal(403, str(error) or _("不允许。")), request_id)
        except Http404:
            return problem(Refusal(404, _("没有这一项，或者不在这个人能看到的范围内。")), request_id)

    def check_method(self, request: HttpRequest) -> None:
        """Raises Refusal 405, naming what is accepted."""
        accepted = [one.upper() for one in self.http_method_names if hasattr(self, one)]
        if request.method not in accepted:
            allowed = ", ".join(accepted)
            raise Refusal(405, _("这个地址只接受 %(methods)s。") % {"methods": allowed}, headers={"Allow": allowed})

    def enter(self, request: HttpRequest) -> None:
        """The token, its rate, its person; raises Refusal 401, 403 or 429."""
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        token = tokens.recognise(secret.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise Refusal(
                401, _("请在 Authorization: Bearer 后写有效的令牌；过期、停用的不能再用。"), headers=CHALLENGE
            )
        if wait := tokens.wait_for(token):
            raise Refusal(
                429, _("每分钟最多 %(most)d 次。") % {"most": tokens.CALLS_A_MINUTE}, headers={"Retry-After": str(wait)}
            )
        person = tokens.person_named(token, request.headers.get("Acting-Person", "").strip())
        if person is None:
            raise Refusal(403, _("请在 Acting-Person 里写这个令牌可以代表的人员的用户名。"))
        self.token, self.person = token, person
        self.require(self.needs)

    def require(self, scope: Scope) -> None:
        """Raises Refusal 403 when the token was not given the scope."""
        if scope.value not in self.token.scopes:
            raise Refusal(403, _("这个令牌没有“%(scope)s”的范围。") % {"scope": scope.label})

    def once(self, work: Callable[[], tuple[int, dict[str, Any]]]) -> HttpResponseBase:
        """Do the work, or give again the answer it had under the same key; a refusal uses no key up.

        Two calls at once with one key: the second waits for the first. Raises Refusal 400 without a key and
        422 for a key that stood for another call.
        """
        key = self.request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > LONGEST_KEY:
            raise Refusal(400, _("请在 Idempotency-Key 里写一个不重复的编号，重发同一请求时写同一个。"))
        print_ = self._fingerprint()
        with transaction.atomic():
            try:
                with transaction.atomic():
                    call = Call.objects.create(
                        token=self.token,
                        key=key,
                        fingerprint=print_,
                        person=self.person,
                        path=self.request.path[:300],
                        request_id=self.request.id,
                        status=0,
                        answer={},
                    )
            except IntegrityError:
                return self._again(key, print_)
            call.status, call.answer = work()
            call.save(update_fields=["status", "answer"])
        return answer(call.answer, call.status)

    def _again(self, key: str, fingerprint: str) -> HttpResponseBase:
        earlier = Call.objects.get(token=self.token, key=key)
        if earlier.fingerprint != fingerprint:
            raise Refusal(422, _("这个 Idempotency-Key 已经用于另一个请求。"))
        response = answer(earlier.answer, earlier.status)
        response["Idempotent-Replayed"] = "true"
        return response

    def _fingerprint(self) -> str:
        parts = (self.request.get_full_path(), self.person.username)
        return hashlib.sha256("\0".join(parts).encode() + b"\0" + self.request.body).hexdigest()
