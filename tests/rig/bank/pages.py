# SPDX-License-Identifier: Apache-2.0
"""The HTML of the demo bank, in Latvian. Everything inserted is escaped; the only script submits the form that leads back."""
from html import escape

STYLE = """
:root{color-scheme:light dark;--accent:#3d2c8d}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.45 system-ui,"Noto Sans",sans-serif;background:Canvas;color:CanvasText}
header{background:var(--accent);color:#fff;padding:1rem}
header b{font-size:1.25rem}
header span{display:block;font-size:.9rem}
header>div,main{max-width:34rem;margin:0 auto}
main{padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;margin:0 0 .75rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem;margin:1rem 0}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
.sum{font-size:1.3rem;font-weight:700}
form ul{list-style:none;margin:1rem 0;padding:0;display:grid;gap:.5rem}
button,.button{display:block;width:100%;font:inherit;text-align:left;text-decoration:none;cursor:pointer;border:2px solid var(--accent);
border-radius:.4rem;padding:.6rem .9rem;background:var(--accent);color:#fff}
li+li button{background:Canvas;color:CanvasText;border-color:GrayText}
li+li button:hover{border-color:var(--accent)}
button small{display:block}
button:focus-visible,a:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}
.problem{border-left:.4rem solid #b3261e;padding:.25rem .75rem}
"""

BUTTONS = (("pay", "Apmaksāt", "nauda tiek noņemta, pārlūks atgriežas pie pārdevēja"),
           ("cancel", "Atcelt", "maksājums nenotiek"),
           ("reject", "Noraidīt", "banka atsaka: kontā nepietiek līdzekļu"),
           ("later", "Apmaksāt vēlāk", "banka rīkojumu izpilda pēc brīža un paziņo pati"),
           ("close", "Apmaksāt un aizvērt pārlūku", "banka paziņo pati, pārlūks neatgriežas"))

STATES = {"paid": "Maksājums ir veikts", "cancelled": "Maksājums ir atcelts", "rejected": "Maksājums ir noraidīts",
          "later": "Maksājums ir pieņemts izpildei", "open": "Maksājums"}

PROBLEMS = {"UNKNOWN": "nav tāda, par kādu noslēgts līgums", "TOO_LONG": "ir par garu", "MISSING": "trūkst", "WRONG": "nav pareizs",
            "BAD_SIGNATURE": "neatbilst pārējiem laukiem vai līguma atslēgai", "REPEATED": "ir vairāk nekā vienreiz",
            "NOT_ONE": "un VK_MSG: jābūt tieši vienam no abiem", "TOO_OLD": "atšķiras no bankas pulksteņa par vairāk nekā piecām minūtēm",
            "CHARSET": "nosauc kodējumu, kuru banka nesaprot", "UNREADABLE": "veidlapa nav nolasāma",
            "STAMP_USED": "jau lietots citam rīkojumam"}


def page(bank, title, body):
    return f"""<!doctype html>
<html lang="lv"><head><meta charset="utf-8"><title>{escape(title)} – {escape(bank)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><header><div><b>{escape(bank)}</b><span>demonstrācija – īstas naudas te nav</span></div></header>
<main><h1>{escape(title)}</h1>
{body}
</main></body></html>"""


def money(amount):
    whole, _, cents = amount.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + f",{cents:0<2}"


def details(order):
    rows = [("Summa", f'<span class="sum">{money(order.amount)} {escape(order.currency)}</span>'),
            ("Saņēmējs", escape(order.agreement.account_name)), ("Saņēmēja konts", escape(order.agreement.account))]
    rows += [(name, escape(value)) for name, value in (("Maksājuma mērķis", order.message), ("Atsauce", order.reference)) if value]
    rows += [("Maksātājs", escape(f"{order.payer_name}, {order.payer_account}"))]
    return "<dl>" + "\n".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows) + "</dl>"


def order_page(order, action):
    if order.state != "open":
        return state_page(order)
    buttons = "\n".join(f'<li><button name="do" value="{value}">{name} <small>{what}</small></button></li>' for value, name, what in BUTTONS)
    return page(order.agreement.name, "Maksājums", f"""{details(order)}
<form method="post" action="{escape(action)}" name="order"><ul>{buttons}</ul></form>""")


def state_page(order):
    return page(order.agreement.name, STATES[order.state], f"{details(order)}\n<p>Šo lapu var aizvērt.</p>")


def return_page(order, leaves):
    """The way back: a form that submits itself, with a button in case scripts are disabled; or a link."""
    if leaves["method"] == "GET":
        way = f'<p><a class="button" id="back" href="{escape(leaves["url"])}">Atgriezties pie pārdevēja</a></p>'
    else:
        fields = "\n".join(f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in leaves["fields"])
        way = f"""<form method="post" action="{escape(leaves['url'])}" name="back" accept-charset="{escape(order.encoding or 'UTF-8')}">{fields}
<p><button>Atgriezties pie pārdevēja</button></p></form>
<script>document.forms.back.submit()</script>"""
    return page(order.agreement.name, STATES[order.state], f"{details(order)}\n{way}")


def problem_page(agreement, problems):
    prefix = agreement.profile.prefix
    rows = "\n".join(f'<li><b>{escape(prefix + field if field else "")}</b> {PROBLEMS[code]} <small>({code})</small></li>' for field, code in problems)
    return page(agreement.name, "Banka šo maksājumu nepieņem", f'<div class="problem" id="problem"><ul>{rows}</ul></div>')


def plain_page(bank, title, text):
    return page(bank, title, f'<p class="problem" id="problem">{escape(text)}</p>')
