from django.urls import path

from rtportal.messaging.views import (
    board,
    by_hand,
    call_backs,
    inbox,
    messages,
    replies,
    whatsapp_templates,
    whatsapp_webhook,
)

app_name = "messaging"

urlpatterns = [
    path("pesan/", messages.message_list, name="message_list"),
    path("pesan/<int:pk>/", messages.message_detail, name="message_detail"),
    path("pesan/<int:pk>/putuskan/", messages.message_resolve, name="message_resolve"),
    path("pesan/<int:pk>/tindakan/", board.message_act, name="message_act"),
    path("pesan/papan/", board.board, name="board"),
    path("pesan/tugas/", by_hand.task_list, name="task_list"),
    path("pesan/tugas/<str:code>/", by_hand.task_queue, name="task_queue"),
    path("pesan/tugas/<str:code>/berikutnya/", by_hand.task_work, name="task_work"),
    path("pesan/<int:pk>/ambil-alih/", by_hand.task_take_over, name="task_take_over"),
    path("pengaturan/whatsapp/", whatsapp_templates.template_list, name="template_list"),
    path("pengaturan/whatsapp/<str:kind>/ubah/", whatsapp_templates.template_update, name="template_update"),
    path("pengaturan/whatsapp/<str:kind>/ajukan/", whatsapp_templates.template_submit, name="template_submit"),
    path("pengaturan/whatsapp/<str:kind>/periksa/", whatsapp_templates.template_check, name="template_check"),
    path("balasan/", replies.reply_list, name="reply_list"),
    path("balasan/<int:pk>/", replies.reply_detail, name="reply_detail"),
    path("balasan/<int:pk>/tangani/", replies.reply_handle, name="reply_handle"),
    path("webhook/gateway/", call_backs.gateway_call_back, name="gateway_call_back"),
    path("webhook/surel/", call_backs.email_call_back, name="email_call_back"),
    path("webhook/whatsapp/", whatsapp_webhook.whatsapp_webhook, name="whatsapp_webhook"),
    path("kotak-masuk/", inbox.inbox_list, name="inbox_list"),
    path("kotak-masuk/<int:pk>/", inbox.inbox_detail, name="inbox_detail"),
]
