"""The smallest message that Meta takes."""


def text_to(phone: str, template: str = "surat") -> dict:
    return {
        "to": phone,
        "type": "template",
        "template": {"name": template, "language": {"code": "id"}, "components": []},
    }
