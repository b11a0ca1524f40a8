"""All rules that are data, as the operations are handed them."""

from dataclasses import dataclass

from service.domain.assessment_rules import AssessmentRules
from service.domain.calendar import TermTable, WorkingCalendar
from service.domain.custody import CustodyRule
from service.domain.doubles import DoubleRule
from service.domain.numbering import Numbering
from service.domain.photo_flags import FlagRule
from service.domain.plan_layers import LayerWords
from service.domain.sign_in_limits import SignInLimits
from service.domain.survey_pending import Durations
from service.domain.triage import RuleTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Triage, terms, numbers and China's working days, loaded once.

    `doubles` says how near two reports of one fire lie, `layers` what drawings call theirs;
    `divisions` are the four digits of
    the prefectures served (GB/T 2260); `survey` how long a survey step takes where nobody says;
    `photos` from where on a contradiction in a photo's own words is told; `sign_in` how guesses
    at passwords are slowed.
    """

    triage: RuleTable
    terms: TermTable
    numbering: Numbering
    assessment: AssessmentRules
    calendar: WorkingCalendar
    doubles: DoubleRule
    layers: LayerWords
    divisions: frozenset[str]
    custody: CustodyRule
    survey: Durations
    photos: FlagRule
    sign_in: SignInLimits
