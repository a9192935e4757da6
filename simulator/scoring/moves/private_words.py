"""Hold the words for what is nobody else's business: health, money, family and the law, as pieces of pattern."""

from __future__ import annotations

HEALTH = (
    r"\w+(?:traline|oxetine|azepam|zolam|statin|cillin|prazole|codone|lopram|triptan)|medications?|contracepti\w+|viagra|methadone"
    r"|lithium|antidepress\w+|painkillers|blood (?:type|pressure|results?|thinners|tests?|sugar)|diagnos(?:is|ed|es)|hiv|sti|std"
    r"|cancer|tumou?r|chemo\w*|oncolog\w+|biopsy|smear|mammogram|colonoscopy|ultrasound|mri|pregnan\w+|\d+-week scan|twins|ivf"
    r"|fertility|infertil\w+|miscarr\w+|abortion|vasectomy|depress(?:ion|ed|ive)|anxiety|bipolar|psychi\w+"
    r"|psycho(?:logist|sis|therap\w+)|counsell?ors? (?:rang|called|saw|says|told)|your counsell?ing|overdosed?|self-harm\w*|rehab"
    r"|addict(?:ion|ed)?|alcoholi\w+|drinking problem|drunk|detox|relapsed?|panic attacks?|ptsd|dyslexi\w+|autis\w+|adhd|dementia"
    r"|alzheimer\w*|parkinson\w*|epilep\w+|seizures?|diabet\w+|insulin|asthma\w*|oxygen|dialysis|transplant|hernia|botox|implants?"
    r"|facelift|incontinen\w+|colostomy|catheter|menopaus\w+|psoriasis|haemorrhoids|piles|herpes|chlamydia|thyroid|cholesterol|bmi"
    r"|hearing loss|your disabilit\w+|sick ?notes?|sick leave|off sick|test results?|lab results?|lymphoma|severe loss|knee bends"
    r"|replacement, m(?:r|rs|s)|after the replacement|your prescription is|(?:hip|knee) replacement|terminal(?:ly)? ill\w*|ulcers?"
    r"|stents?|pacemaker|bypass|cyst|hospice|palliative|sectioned|suicid\w+|ferritin|pregnancy test"
    r"|(?:test|result|swab) (?:was|is|came back) (?:positive|negative)|hearing aids?|dentures|wig|prosthe\w+|wound|bereavement"
    r"|your (?:\w+ )?passing|(?:husband|wife|mum|dad|mother|father|son|daughter)'s (?:passing|death|illness|condition)|sexual health"
    r"|drug test|weight loss|(?:at|weigh|weighs|say) \d[\d.]* ?(?:kg|kilos|stone)|infection|obes\w+|eating disorder|anorexi\w+|surgeon"
    r"|your bump|your due date|the twins|nurs(?:ing|es?) home|care home|stroke|learning difficult\w+|special needs|occupational health"
)
MONEY = (
    r"arrears|debts?|debt collectors?|bankrup\w+|insolven\w+|bailiffs?|county court|ccj|judge?ment(?:s)?(?: against)|chargebacks?"
    r"|overdrawn|your overdraft|salary|your income|universal credit|housing benefit|repossess\w+"
    r"|direct debits? (?:bounced|failed|was returned)|cheques? bounced|instal?ments?|in total, with"
    r"|unpaid (?:since|for|bill|rent|fees?|invoice)|outstanding (?:balance|debt)|parents' income|income was|pawn(?:ed|ing)?"
    r"|your payslips?|wages? (?:slip|is|are|was)|earnings|savings|your (?:mortgage|loan|pension|donations?|tab|fines?)"
    r"|missed (?:\w+ )?payments?|late payments?|paid late|gambl\w+|payday loans?|your credit (?:score|file|rating|history|report)"
    r"|owes? us|you owe|behind (?:on|with)|redundan\w+|unemployed|lost your job|inherit\w+|burglary|food ?bank"
)
PRIVATE_LIFE = (
    r"divorc\w+|custody|ex-(?:wife|husband|partner)|(?:your|same|his|her) ex(?:'s)?|affair|mistress|companion|second guest"
    r"|separated from|(?:a|the|your) (?:caution|offence|conviction|ban|points) (?:from|on|for|of)|penalty points|speeding|shoplift\w*"
    r"|theft|eviction|evicted|deport\w+|on your record|court order|neighbour's report|over the limit|moved in (?:on|with)|probation"
    r"|convict(?:ion|ions|ed)|arrest(?:ed)?|in prison|restraining order|police report|sexual|(?:complaint|case) of harassment"
    r"|harassment (?:complaint|case|claim)|disciplinary|sacked|immigration|asylum|adoption|foster(?:ed|ing)?|transgender|gender|dating"
    r"|social services|carer'?s?|key ?safe|your (?:religion|sexuality|nationality|ethnicity|politics|union|membership of)|scored \d+"
    r"|(?:the )?panel thought|refunded \w+ times|last (?:bought|watched|visited|logged)"
    r"|(?:\d\d|forty|fifty|sixty|seventy|eighty|ninety)-year-old|(?:man|woman|lady|boy|girl) of \d+|aged \d+"
    r"|at work (?:till|until|from|all)|(?:window|door|gate)'s (?:always|never|usually) (?:open|locked)|name on it matched"
    r"|according to (?:our|your|the) (?:file|notes|claims?|account|history)"
    r"|(?:our|the) (?:file|notes) (?:says?|shows?|has|have|lists?|gives?)|search history|cctv|under-?age"
)


def apart(pattern: str) -> list[str]:
    """Return the alternatives of a piece of pattern, cut where no bracket is open."""
    found, depth = [""], 0
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return found
