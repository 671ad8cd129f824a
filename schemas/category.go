package schemas

// Category is a beneficiary category of LEAD, decided month by month.
type Category string

// The three categories, and the word for all of them in totals.
const (
	AgedDisabled  Category = "AD"
	ESRD          Category = "ESRD"
	HighNeeds     Category = "HN"
	AllCategories Category = "all"
)

// Categories are the three, in the order of the published tables.
var Categories = []Category{AgedDisabled, ESRD, HighNeeds}

// Valid says whether a beneficiary's month can be in the category.
func (c Category) Valid() bool { return c == AgedDisabled || c == ESRD || c == HighNeeds }

// AlignmentType is how a beneficiary came to be aligned.
type AlignmentType string

// The two alignment types, and the word for both in totals.
const (
	ClaimsAligned    AlignmentType = "claims"
	VoluntaryAligned AlignmentType = "voluntary"
	AllAligned       AlignmentType = "all"
)

// AlignmentTypes are the two, in the order of the published tables.
var AlignmentTypes = []AlignmentType{ClaimsAligned, VoluntaryAligned}

// Valid says whether a beneficiary can be aligned this way.
func (a AlignmentType) Valid() bool { return a == ClaimsAligned || a == VoluntaryAligned }
