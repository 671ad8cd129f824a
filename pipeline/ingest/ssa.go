package ingest

// fipsOfState gives the FIPS state code for SSA's.
//
// Source: CMS, SSA to FIPS state crosswalk: 50 states, DC and Puerto Rico and the
// Virgin Islands in SSA's alphabetical order, then the Pacific territories. SSA codes
// that name a foreign country or are unknown have none, nor has DE-SynPUF's 54
// ("others").
var fipsOfState = map[string]string{
	"01": "01", "02": "02", "03": "04", "04": "05", "05": "06", // Alabama, Alaska, Arizona, Arkansas, California
	"06": "08", "07": "09", "08": "10", "09": "11", "10": "12", // Colorado, Connecticut, Delaware, DC, Florida
	"11": "13", "12": "15", "13": "16", "14": "17", "15": "18", // Georgia, Hawaii, Idaho, Illinois, Indiana
	"16": "19", "17": "20", "18": "21", "19": "22", "20": "23", // Iowa, Kansas, Kentucky, Louisiana, Maine
	"21": "24", "22": "25", "23": "26", "24": "27", "25": "28", // Maryland, Massachusetts, Michigan, Minnesota, Mississippi
	"26": "29", "27": "30", "28": "31", "29": "32", "30": "33", // Missouri, Montana, Nebraska, Nevada, New Hampshire
	"31": "34", "32": "35", "33": "36", "34": "37", "35": "38", // New Jersey, New Mexico, New York, North Carolina, North Dakota
	"36": "39", "37": "40", "38": "41", "39": "42", "40": "72", // Ohio, Oklahoma, Oregon, Pennsylvania, Puerto Rico
	"41": "44", "42": "45", "43": "46", "44": "47", "45": "48", // Rhode Island, South Carolina, South Dakota, Tennessee, Texas
	"46": "49", "47": "50", "48": "78", "49": "51", "50": "53", // Utah, Vermont, Virgin Islands, Virginia, Washington
	"51": "54", "52": "55", "53": "56", // West Virginia, Wisconsin, Wyoming
	"64": "60", "65": "66", "66": "69", "97": "69", "98": "66", // American Samoa, Guam, Northern Marianas, and both again
}

const (
	stateLength  = 2
	countyLength = 3
	fipsLength   = stateLength + countyLength
)

// counties turns SSA codes into FIPS codes (P8) and counts how.
type counties struct {
	crosswalk map[string]string // SSA state and county -> FIPS state and county
	known     map[string]string // one text for all the people of a county
	use       CountyUse
}

// CountyUse counts person-years by where their county_fips comes from.
type CountyUse struct {
	Crosswalk   int64 `json:"crosswalk"`
	Placeholder int64 `json:"placeholder"`
	None        int64 `json:"none"`
}

// fips is the county's FIPS code, empty where the state has none.
func (c *counties) fips(state, county string) string {
	ssa := state + county
	if f, ok := c.crosswalk[ssa]; ok {
		c.use.Crosswalk++
		return f
	}
	f, ok := fipsOfState[state]
	if !ok {
		c.use.None++
		return ""
	}
	c.use.Placeholder++
	if same, ok := c.known[ssa]; ok {
		return same
	}
	c.known[ssa] = f + county
	return c.known[ssa]
}

// padded restores the leading zeros of a code of fixed width.
func padded(s string, width int) string {
	for len(s) < width {
		s = "0" + s
	}
	return s
}
