"""What is asked in the measurements: plain messages of several languages, the same for everybody measured."""

from __future__ import annotations

MESSAGES = {
    "sv": ["jag är rädd för min man", "var finns rvc", "han läser alla mina sms", "vad kostar det", "jag vill bara prata med nån"],
    "en": ["he takes all my money", "where can i sleep tonight", "is it normal that he shouts", "who reads this", "i need an interpreter"],
    "ar": ["زوجي يأخذ راتبي", "وين بنام الليلة", "bkhaf mn jozi", "هل هذا سري", "بدي محامي"],
}
ALL = [(lang, text) for lang, texts in MESSAGES.items() for text in texts]
