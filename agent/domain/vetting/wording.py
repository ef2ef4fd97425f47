"""What signals say, by key: English, then French. Figures stand in braces; no sentence needs a plural."""

SENTENCES: dict[str, tuple[str, str]] = {
    "engagement.compared": (
        (
            "Reactions per follower: {rate} % at the median of {posts} posts, more than {percentile} % of "
            "the {n} other {platform} creators of this size."
        ),
        (
            "Réactions par abonné : {rate} % en médiane sur {posts} publications, davantage que "
            "{percentile} % des {n} autres créateurs de cette taille sur {platform}."
        ),
    ),
    "engagement.few_peers": (
        (
            "Reactions per follower: {rate} % at the median of {posts} posts; too few to compare with ({n} "
            "others of this size on {platform}, {needed} needed)."
        ),
        (
            "Réactions par abonné : {rate} % en médiane sur {posts} publications ; trop peu de comparaisons"
            " ({n} autres comptes de cette taille sur {platform}, il en faut {needed})."
        ),
    ),
    "engagement.few_posts": (
        "Reactions per follower: not known; {posts} posts have their likes on file, {needed} are needed.",
        (
            "Réactions par abonné : inconnues ; {posts} publications ont leurs mentions « j’aime », il en "
            "faut {needed}."
        ),
    ),
    "engagement.no_followers": (
        "Reactions per follower: not known, because the number of followers is not.",
        "Réactions par abonné : inconnues, car le nombre d’abonnés ne l’est pas.",
    ),
    "irregular.spike": (
        "One post got {times} times the reactions of the median post: a lucky day, or bought.",
        (
            "Une publication a reçu {times} fois les réactions de la publication médiane : un coup de "
            "chance, ou un achat."
        ),
    ),
    "irregular.constant": (
        "The reactions to {posts} posts differ by {spread} % only, which people rarely do.",
        (
            "Les réactions à {posts} publications ne varient que de {spread} %, ce qui est rare chez de "
            "vraies personnes."
        ),
    ),
    "irregular.silent": (
        "{likes} likes on {posts} posts and hardly a comment: {per_thousand} in a thousand.",
        (
            "{likes} mentions « j’aime » sur {posts} publications et presque aucun commentaire : "
            "{per_thousand} pour mille."
        ),
    ),
    "irregular.far_above": (
        "Reactions per follower are {times} times the median of creators of this size ({n} compared).",
        (
            "Les réactions par abonné valent {times} fois la médiane des comptes de cette taille ({n} "
            "comparés)."
        ),
    ),
    "sponsored.share": (
        "Posts whose text shows a paid or gifted collaboration: {sponsored} of {posts}.",
        "Publications dont le texte montre une collaboration payée ou offerte : {sponsored} sur {posts}.",
    ),
    "sponsored.bio": (
        "The bio speaks of a discount code, a sponsor or being an ambassador.",
        "La bio parle d’un code de réduction, d’un sponsor ou d’un rôle d’ambassadeur.",
    ),
    "disclosure.clear": (
        "Clear mention in the text of each post that looks paid ({sponsored}).",
        "Mention claire dans le texte de chaque publication qui semble payée ({sponsored}).",
    ),
    "disclosure.fr": (
        (
            "No clear mention in the text of {unclear} of {sponsored} posts that look paid. France asks for"
            " “Publicité” or “Collaboration commerciale”, or a mention worth the same (loi 2023-451, art. "
            "5). The platform’s own label is not part of the text."
        ),
        (
            "Pas de mention claire dans le texte de {unclear} publications sur {sponsored} qui semblent "
            "payées. La loi demande « Publicité » ou « Collaboration commerciale », ou une mention "
            "équivalente (loi 2023-451, art. 5). L’étiquette de la plateforme ne fait pas partie du texte."
        ),
    ),
    "disclosure.us": (
        (
            "No clear mention in the text of {unclear} of {sponsored} posts that look paid. US rules ask "
            "for a clear disclosure within the post, for gifts too (16 CFR 255.5). The platform’s own label"
            " is not part of the text."
        ),
        (
            "Pas de mention claire dans le texte de {unclear} publications sur {sponsored} qui semblent "
            "payées. La règle américaine demande une mention claire dans la publication, même pour un "
            "cadeau (16 CFR 255.5). L’étiquette de la plateforme ne fait pas partie du texte."
        ),
    ),
    "competitor.partner": (
        "Seems to work with {name}, which you named as a competitor.",
        "Semble travailler avec {name}, que vous citez comme concurrent.",
    ),
    "competitor.named": (
        "Names {name}, which you named as a competitor.",
        "Cite {name}, que vous citez comme concurrent.",
    ),
    "language.as_profile": (
        "Writes in the profile’s language ({profile}): {same} of {told} posts whose language can be told.",
        (
            "Écrit dans la langue du profil ({profile}) : {same} publications sur {told} dont la langue se "
            "reconnaît."
        ),
    ),
    "language.mixed": (
        "The profile is in “{profile}”, the posts are mixed ({mix}).",
        "Le profil est en « {profile} », les publications sont mêlées ({mix}).",
    ),
    "activity.recent": (
        "Last dated post: {last}, {days} days ago.",
        "Dernière publication datée : {last}, il y a {days} jours.",
    ),
    "activity.rhythm": (
        "Last dated post: {last}, {days} days ago; usually one post in {gap} days.",
        (
            "Dernière publication datée : {last}, il y a {days} jours ; d’ordinaire une publication tous "
            "les {gap} jours."
        ),
    ),
    "activity.unknown": (
        "No post carries a date.",
        "Aucune publication n’est datée.",
    ),
    "stale.quotes": (
        "The newest words that carry your values are {days} days old.",
        "Les mots les plus récents qui portent vos valeurs ont {days} jours.",
    ),
    "off_topic.share": (
        "Near to none of your values: {off} of {posts} posts.",
        "Proches d’aucune de vos valeurs : {off} publications sur {posts}.",
    ),
    "safety.profanity": (
        "Coarse language ({n}).",
        "Langage grossier ({n}).",
    ),
    "safety.violence": (
        "Content about violence ({n}).",
        "Contenu violent ({n}).",
    ),
    "safety.adult": (
        "Content for adults ({n}).",
        "Contenu pour adultes ({n}).",
    ),
    "safety.drugs": (
        "Content about drugs ({n}).",
        "Contenu sur les drogues ({n}).",
    ),
    "safety.gambling": (
        "Content about gambling or betting ({n}).",
        "Contenu sur les jeux d’argent ({n}).",
    ),
    "safety.nicotine": (
        "Content about nicotine ({n}).",
        "Contenu sur la nicotine ({n}).",
    ),
    "safety.hate": (
        "Words of hate ({n}).",
        "Propos haineux ({n}).",
    ),
    "safety.money": (
        "Content about quick money: crypto, trading signals ({n}).",
        "Contenu sur l’argent facile : crypto, signaux de trading ({n}).",
    ),
    "safety.none": (
        "None of the safety words in {texts} texts; pictures, sound and irony are not read.",
        "Aucun des mots sensibles dans {texts} textes ; images, son et ironie ne sont pas lus.",
    ),
    "sensitive.politics": (
        "Some posts are about politics ({n}): to know, not to judge.",
        "Des publications parlent de politique ({n}) : à savoir, pas à juger.",
    ),
    "sensitive.religion": (
        "Some posts are about religion ({n}): to know, not to judge.",
        "Des publications parlent de religion ({n}) : à savoir, pas à juger.",
    ),
}
"""Levels are no part of it: the same sentence may be fine for one creator and a concern for another."""

AGAINST: dict[str, tuple[str, str]] = {
    "vegan": ("meat, leather or fur", "viande, cuir ou fourrure"),
    "animals": ("animals used or hunted", "animaux exploités ou chassés"),
    "slow_fashion": ("fast fashion, hauls", "mode jetable, hauls"),
    "zero_waste": ("throw-away things", "objets jetables"),
    "low_carbon": ("flights and engines for fun", "avion et moteurs pour le plaisir"),
    "alcohol_free": ("alcohol", "alcool"),
    "natural_beauty": ("cosmetic procedures or filters", "actes esthétiques ou filtres"),
    "body_neutral": ("diets and losing weight", "régimes et perte de poids"),
    "inclusive": ("words of hate", "propos haineux"),
    "family": ("nothing for families", "rien pour les familles"),
    "local_craft": ("ultra-cheap imports", "importations à prix cassé"),
    "never": ("something you never do", "ce que vous ne faites jamais"),
    "banned": ("a word your letters avoid", "un mot que vos lettres évitent"),
}
"""What a contradiction is about, by its kind."""


def about(kind: str, language: str) -> str:
    """Return what a contradiction is about, in French for `fr`, else in English; its kind where unknown."""
    # fits are stored: a kind may be older or newer than this list
    english, french = AGAINST.get(kind, (kind, kind))
    return french if language == "fr" else english
