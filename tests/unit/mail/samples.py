"""Mail as programs write it."""

GMAIL_HTML = """\
From: Lea <lea@creator.example>
Subject: Re: Une =?utf-8?q?id=C3=A9e?=
Content-Type: text/html; charset=utf-8

<html><head><style>p {color: red}</style></head><body>
<div dir="ltr">Non merci &amp; bonne journée<br>Léa</div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">
Le ven. 20 févr. 2026 à 09:00, Anna
 &lt;<a href="mailto:anna@brand.example">anna@brand.example</a>&gt; a écrit :<br></div>
<blockquote class="gmail_quote">Oui ? Répondez STOP</blockquote></div></body></html>
""".encode()

OUTLOOK_FR = b"""\
From: Lea <lea@creator.example>
Subject: RE: Une idee
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1


--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<div class=3D"WordSection1"><p class=3D"MsoNormal">Je suis int=E9ress=E9e.</p>
<p class=3D"MsoNormal">L=E9a</p>
<div style=3D"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
<p class=3D"MsoNormal"><b>De&nbsp;:</b> Anna<br><b>Objet&nbsp;:</b> Une id=E9e</p></div>
<p class=3D"MsoNormal">Non merci</p></div>
--b--
"""

DSN = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: anna@brand.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Fri, 20 Feb 2026 09:00:00 +0000

Final-Recipient: rfc822; lea@creator.example
Action: ACTION
Status: STATUS
Diagnostic-Code: smtp; DIAGNOSTIC

--b
Content-Type: message/rfc822

Message-ID: <1.abc@brand.example>
From: anna@brand.example
To: lea@creator.example
Subject: Une idee

Bonjour, stop ?

--b--
"""

EXIM = b"""\
Return-path: <>
X-Failed-Recipients: lea@creator.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example>
To: anna@brand.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  lea@creator.example
    SMTP error from remote mail server after RCPT TO:<lea@creator.example>:
    host mx.creator.example [192.0.2.1]: 550 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <anna@brand.example>
Message-ID: <1.abc@brand.example>
From: anna@brand.example
To: lea@creator.example

Bonjour
"""

QMAIL = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example
To: anna@brand.example
Subject: failure notice

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<lea@creator.example>:
The user's mailfolder is full.

--- Below this line is a copy of the message.

Message-ID: <1.abc@brand.example>
"""

ARF = b"""\
From: fbl@provider.example
To: abuse@brand.example
Subject: FW: Une idee
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: lea@creator.example

--b
Content-Type: message/rfc822

Message-ID: <1.abc@brand.example>
From: anna@brand.example
To: lea@creator.example
Subject: Une idee

Bonjour
--b--
"""

SAMPLES = (GMAIL_HTML, OUTLOOK_FR, DSN, EXIM, QMAIL, ARF)
