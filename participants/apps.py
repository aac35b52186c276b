from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "Peserta"

    def ready(self):
        from participants import retention
        from participants.queries.reply_senders import people_at, sender_at
        from participants.queries.work_figures import imports_waiting, participants_figures
        from participants.use_cases.answer_by_reply import answer_by_reply
        from participants.use_cases.rotate_niks import rotate_niks
        from rtportal.lib.rotation import RotationStep, register_rotation
        from rtportal.messaging.replies import ReplyHandler, register_reply_handler
        from rtportal.operations.figures import figure_source
        from rtportal.operations.status import waiting_source

        register_reply_handler(ReplyHandler(sender=sender_at, answer=answer_by_reply, people=people_at))
        retention.register()
        waiting_source("participants", imports_waiting)
        figure_source("participants", participants_figures)
        register_rotation(RotationStep("NIK", rotate_niks))
