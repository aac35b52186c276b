"""Mail as servers and people send it back."""

HARD = """\
Return-Path: <>
From: MAILER-DAEMON@mx.penyedia.test (Mail Delivery System)
To: portal@dpmd.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <20260302020100.ABC@mx.penyedia.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B095B5ADSN=_01/mx"

--9B095B5ADSN=_01/mx
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.penyedia.test.

<{address}>: host mail.rt.test said: {status} {words}

--9B095B5ADSN=_01/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.penyedia.test
X-Postfix-Queue-ID: 9B095B5ADSN
X-Postfix-Sender: rfc822; portal@dpmd.test
Arrival-Date: Mon,  2 Mar 2026 02:00:55 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.rt.test
Diagnostic-Code: smtp; {words}

--9B095B5ADSN=_01/mx
Content-Description: Undelivered Message
Content-Type: {copy}

From: Portal RT <portal@dpmd.test>
To: Ahmad <{address}>
Subject: =?utf-8?q?Undangan_=E2=80=93_Bimtek?=
Message-ID: {message_id}
MIME-Version: 1.0
Content-Type: text/plain

Isi undangan.

--9B095B5ADSN=_01/mx--
"""

ANSWER = """\
Return-Path: <rt1@rt.test>
From: =?utf-8?q?H=2E_Ahmad?= <RT1@rt.test>
To: portal@dpmd.test
Subject: Re: Undangan
Message-ID: <CAJ1@rt.test>
In-Reply-To: {message_id}
References: {message_id}
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

{text}

Pada Sen, 2 Mar 2026 10.00 Portal RT <portal@dpmd.test> menulis:
> Isi undangan. Jawab HADIR.

--b1
Content-Type: text/html; charset="utf-8"

<p>{text}</p>
--b1--
"""


def bounce(
    message_id: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    address: str = "rt1@rt.test",
    words: str = "550 5.1.1 User unknown",
    copy: str = "message/rfc822",
) -> bytes:
    text = HARD.format(message_id=message_id, status=status, action=action, address=address, words=words, copy=copy)
    return text.replace("\n", "\r\n").encode()


def answer(message_id: str, *, text: str = "Insya Allah hadir pak", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return (more + ANSWER.format(message_id=message_id, text=text)).replace("\n", "\r\n").encode()
