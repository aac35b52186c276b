from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "Peserta"

    def ready(self):
        from participants.queries.reply_senders import newest_message_to, page_about
        from participants.use_cases.answer_by_reply import answer_by_reply
        from rtportal.messaging.replies import ReplyHandler, register_reply_handler

        register_reply_handler(
            ReplyHandler(newest_message=newest_message_to, answer=answer_by_reply, page_about=page_about)
        )
