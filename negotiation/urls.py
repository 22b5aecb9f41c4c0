from django.urls import path

from negotiation.views import (
    checklists,
    compare,
    contracts,
    deals,
    decisions,
    reading,
    table,
    turns,
    upgrading,
)

app_name = "negotiation"

urlpatterns = [
    path("", deals.listing, name="list"),
    path("new/", deals.new, name="new"),
    path("<uuid:uuid>/", deals.detail, name="detail"),
    path("<uuid:uuid>/change/", deals.change, name="change"),
    path("<uuid:uuid>/stage/", deals.stage, name="stage"),
    path("<uuid:uuid>/checklist/", checklists.page, name="checklist"),
    path("<uuid:uuid>/contracts/new/", contracts.add, name="add_contract"),
    path("contracts/<uuid:uuid>/", contracts.workspace, name="contract"),
    path("contracts/<uuid:uuid>/upload/", contracts.upload, name="upload"),
    path("contracts/<uuid:uuid>/comment/", decisions.comment, name="comment"),
    path("contracts/<uuid:uuid>/set-aside/", decisions.set_aside, name="set_aside"),
    path("contracts/<uuid:uuid>/read/", table.read_clauses, name="read_clauses"),
    path("uncovered/<uuid:uuid>/unread/", table.unread_clause, name="unread_clause"),
    path("<uuid:uuid>/trades/", table.agree_trade, name="agree_trade"),
    path("trades/<uuid:uuid>/drop/", table.drop_trade, name="drop_trade"),
    path("contracts/<uuid:uuid>/send/", turns.send, name="send"),
    path("contracts/<uuid:uuid>/agree/", turns.agree, name="agree"),
    path("contracts/<uuid:uuid>/newer-playbook/", upgrading.page, name="upgrade"),
    path("contracts/<uuid:uuid>/reading/", reading.page, name="reading"),
    path("contracts/<uuid:uuid>/compare/", compare.page, name="compare"),
    path("contracts/<uuid:uuid>/compare/redline/", compare.download, name="compare_download"),
    path("versions/<uuid:uuid>/progress/", contracts.progress, name="progress"),
    path("versions/<uuid:uuid>/withdraw/", contracts.withdraw, name="withdraw_version"),
    path("versions/<uuid:uuid>/retry/", contracts.retry, name="retry"),
    path("versions/<uuid:uuid>/file/", contracts.download, name="download"),
    path("findings/<uuid:uuid>/decide/", decisions.finding, name="decide_finding"),
    path("changes/<uuid:uuid>/decide/", decisions.change, name="decide_change"),
    path("changes/<uuid:uuid>/withdraw/", decisions.withdraw, name="withdraw_change"),
    path("clauses/<uuid:uuid>/edit/", decisions.edit_clause, name="edit_clause"),
    path("comments/<uuid:uuid>/reply/", decisions.reply, name="reply"),
    path("comments/<uuid:uuid>/resolve/", decisions.resolve, name="resolve_comment"),
]
