"""Webhooks: addresses that are told when something happens to a package."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from duibiao.office import watchers
from duibiao.storage.records import Webhook
from duibiao.web.access import TheOffice
from duibiao.web.api import PREFIX
from duibiao.web.api.access import Program
from duibiao.web.api.models import NO_NUL, Asked
from duibiao.web.api.once import Doing
from duibiao.web.api.routing import router as api_router

router = api_router("通知")

Url = Annotated[str, Field(max_length=watchers.LONGEST, pattern=NO_NUL)]


class WebhookAsked(Asked):
    """要接收通知的地址。"""

    url: Url


class WebhookChange(Asked):
    """要改的内容；不写的不变。"""

    url: Url | None = None
    active: bool | None = None


class WebhookSaid(BaseModel):
    """接收通知的地址。"""

    id: str
    href: str
    url: str
    active: bool
    failure: str = Field(description="最近一次没有送到的原因；送到了就是空的")
    created: datetime

    @staticmethod
    def told(webhook: Webhook) -> dict[str, object]:
        """Return what every form of an address says."""
        return {
            "id": webhook.id, "href": f"{PREFIX}/webhooks/{webhook.id}", "url": webhook.url,
            "active": webhook.active, "failure": webhook.failure, "created": webhook.created,
        }  # fmt: skip

    @staticmethod
    def of(webhook: Webhook) -> WebhookSaid:
        """Say what an address is."""
        return WebhookSaid.model_validate(WebhookSaid.told(webhook))


class NewWebhook(WebhookSaid):
    """新的接收通知的地址，和只给这一次的密钥。"""

    secret: str = Field(
        description="X-Duibiao-Signature 的密钥：v1 是“t 的值.正文”的 HMAC-SHA256（十六进制）"
    )


class Webhooks(BaseModel):
    """接收通知的地址列表。"""

    items: list[WebhookSaid]


@router.get("/webhooks", summary="接收通知的地址")
def list_webhooks(office: TheOffice, actor: Program) -> Webhooks:
    """贵单位的全部地址；failure 说明最近一次为什么没有送到。"""
    return Webhooks(items=[WebhookSaid.of(each) for each in watchers.webhooks_of(office, actor)])


@router.post("/webhooks", status_code=201, response_model=NewWebhook, summary="增加接收通知的地址")
def add_webhook(office: TheOffice, actor: Program, once: Doing, asked: WebhookAsked) -> Response:
    """申报的状态变化、审查完成时，向这个地址 POST 一段 JSON（event、package、state、at），不含申报的内容。

    请求头 X-Duibiao-Signature 是 t=时间戳,v1=签名；收到后请核对签名，并以 2xx 答复。不跟随重定向；没有送到会在几小时内再试几次。
    """

    def work() -> NewWebhook:
        webhook = watchers.add_webhook(office, actor, asked.url)
        return NewWebhook.model_validate(WebhookSaid.told(webhook) | {"secret": webhook.secret})

    return once.do(work, asked.model_dump_json(), status=201)


@router.get("/webhooks/{webhook_id}", summary="一个接收通知的地址")
def show_webhook(office: TheOffice, actor: Program, webhook_id: str) -> WebhookSaid:
    """密钥不再显示。"""
    return WebhookSaid.of(watchers.open_webhook(office, actor, webhook_id))


@router.patch("/webhooks/{webhook_id}", summary="更改、停用、启用一个地址")
def change_webhook(
    office: TheOffice, actor: Program, webhook_id: str, asked: WebhookChange
) -> WebhookSaid:
    """不写的不变。"""
    changed = watchers.change_webhook(office, actor, webhook_id, url=asked.url, active=asked.active)
    return WebhookSaid.of(changed)


@router.delete("/webhooks/{webhook_id}", status_code=204, summary="删除一个地址")
def remove_webhook(office: TheOffice, actor: Program, webhook_id: str) -> None:
    """还没有送出的通知也不再送。"""
    watchers.remove_webhook(office, actor, webhook_id)
