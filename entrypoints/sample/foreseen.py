"""What the sample's services plan for and fear: the two steps, and the risk, of each benefit."""

from dataclasses import dataclass

from benefits.vocabulary import Likelihood


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a service says of its delivery when it asks for the Delivery gate."""

    agreed: str
    in_use: str
    risk: str
    mitigation: str
    likelihood: Likelihood = Likelihood.C
    impact: int = 3


#: By the title of the benefit.
FORESEEN: dict[str, Foreseen] = {
    "Demand for Homecare": Foreseen(
        "Reablement pathway agreed with the hospital trust",
        "All new requests go through reablement first",
        "Therapists cannot be recruited in time, so that reviews of long packages fall behind",
        "Two posts are shared with the hospital trust, and agency cover is agreed to June.",
        Likelihood.B,
        4,
    ),
    "Shared Lives in place of independent supported living": Foreseen(
        "Carer recruitment campaign agreed",
        "First people move in with Shared Lives carers",
        "Too few Shared Lives carers come forward in the north and west of the area",
        "The recruitment campaign is run with current carers, who are paid for the day.",
    ),
    "Pick up points": Foreseen(
        "Pick up points walked and agreed with schools",
        "Pick up points in use on all shared routes",
        "Parents appeal against pick up points that they think unsafe",
        "Every walking route is assessed by the road safety team before families are told.",
        Likelihood.B,
    ),
    "Personal budgets": Foreseen(
        "Mileage rate and agreement settled",
        "Families are paid through personal budgets",
        "Fewer families than planned choose a personal budget when fuel prices rise",
        "The mileage rate is reviewed each term, and families can come back to a taxi.",
    ),
    "Enhanced budgets": Foreseen(
        "Policy for enhanced budgets adopted",
        "Enhanced budgets offered to families",
        "The change of policy is challenged as unfair to pupils with complex needs",
        "Legal advice was taken on the policy; an appeals panel sits every month.",
        Likelihood.C,
        4,
    ),
    "Route mapping": Foreseen(
        "Routing software and its data tested",
        "New routes running from the start of term",
        "Operators hand contracts back when their routes are merged",
        "Operators are consulted on each new map, and two hold contracts to step in.",
        Likelihood.D,
    ),
    "Independent travel": Foreseen(
        "Travel training offer agreed with schools",
        "First group of young people travel by themselves",
        "Families do not agree to travel training after a cut to evening buses",
        "Training starts on routes that run all day; a travel buddy goes with each learner.",
        Likelihood.B,
    ),
    "Category management": Foreseen(
        "Category plans agreed with directorates",
        "First contracts let on a category plan",
        "Inflation in construction and energy consumes what better buying saves",
        "Prices are fixed for two years where the market allows; pressure is reported apart.",
        Likelihood.B,
    ),
    "Customer (total)": Foreseen(
        "Single front door designed with services",
        "Single front door open to customers",
        "Services keep their own telephone lines beside the single front door",
        "Each service head signs a date on which its line closes; the board sees the list.",
        Likelihood.B,
        4,
    ),
    "Building management": Foreseen(
        "One building management contract agreed",
        "One team manages every building",
        "Faults that schools have not reported come over with their buildings",
        "Conditions are surveyed before transfer, and a sum is held for the first year.",
        Likelihood.D,
    ),
    "Cleaning cost model": Foreseen(
        "Cleaning standards and prices agreed",
        "Cleaning charged by area and use",
        "Services buy fewer hours than planned, and fixed costs stay behind",
        "Hours are agreed for a year at a time, and posts are filled from the relief pool.",
        Likelihood.D,
        2,
    ),
    "New operating model": Foreseen(
        "Design of the operating model agreed",
        "New structure in place",
        "The restructure of tiers 1 to 3 takes the managers who must lead the change",
        "A director leads full time; changes of post wait until each hand-over is signed.",
        Likelihood.B,
        4,
    ),
    "Resident Focused Organisation": Foreseen(
        "Agency spend reviewed with each service",
        "Residents helped at the first contact",
        "Agency staff cannot be replaced in children's social care at the planned rate",
        "Posts that protect children are left out until permanent staff have started.",
        Likelihood.C,
        4,
    ),
    "School admissions calls answered online": Foreseen(
        "Admissions pages tested with parents",
        "Admissions pages open to parents",
        "Parents without the internet at home miss the closing date",
        "Libraries help with applications, and the telephone line stays open in January.",
        Likelihood.D,
        2,
    ),
}
