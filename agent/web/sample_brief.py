"""An invented brief letter, for the page of patterns."""

from agent.domain.brief import BriefLetter, Row, Section


def sample_brief() -> BriefLetter:
    """Return a brief letter with a section of each make."""
    return BriefLetter(
        language="fr",
        region="FR",
        title="Notre collaboration, point par point",
        brand="Savon du Sud",
        sender_lines=("Savon du Sud", "14 traverse du Vieux-Moulin", "04300 Forcalquier"),
        recipient="À l’attention de Léa",
        dated="Le 6 octobre 2026",
        greeting="Bonjour Léa,",
        opening=("Merci pour votre oui\u202f! Voici ce dont nous sommes convenus.",),
        sections=(
            Section(
                key="receive",
                title="Ce que vous recevez",
                rows=(Row(label="Cadeau", text="un savon au romarin, d’une valeur de 9\u202f€"),),
            ),
            Section(
                key="disclosure",
                title="La mention publicitaire",
                lead="Chaque publication porte, dans ces termes\u202f:",
                emphasis=("Collaboration commerciale",),
                items=("La mention est écrite en toutes lettres.",),
                remark="Textes\u202f: loi n° 2023-451 du 9 juin 2023, art. 5.",
            ),
            Section(key="steps", title="Étapes", items=("Vous acceptez ce brief.", "Vous publiez.")),
        ),
        closing=("Nous avons hâte de voir ce que vous en ferez.",),
        signature=("Camille Aubert", "Savon du Sud"),
        footer="Savon du Sud · brief n° o-1, version 1",
        page_of="page {page} sur {pages}",
    )
