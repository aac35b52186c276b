from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "Peserta"

    def ready(self):
        from participants.queries.reply_senders import people_at, sender_at
        from participants.use_cases.answer_by_reply import answer_by_reply
        from rtportal.messaging.replies import ReplyHandler, register_reply_handler

        register_reply_handler(ReplyHandler(sender=sender_at, answer=answer_by_reply, people=people_at))
