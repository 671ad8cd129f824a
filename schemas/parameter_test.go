package schemas

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const discountFile = `# A comment.
name: discount
unit: share of the benchmark            # 0.0175 is 1.75 percent
source:
  document: LEAD RFA
  section: VIII.E
  status: published                     # as the RFA prints it
keys: [spending_group]
rows:                                   # first and last performance year in force
  - {from: 2027, through: 2027, spending_group: higher, value: 0.0175}
  - {from: 2028, through: 2036, spending_group: higher, value: 0.0200, status: assumed} # later years
  - {from: 2027, through: 2036, spending_group: lower,  value: 1/3}
`

const readingFile = `
name: reading
unit: switch
source: {document: this project, section: R23, status: assumed}
values: [cumulative, annual]
rows:
  - {from: 2027, through: 2036, value: cumulative}
`

const shareFile = `
name: share
unit: share
source: {document: this project, status: reported}
least: 0
most: 1
rows:
  - {from: 2027, through: 2036, value: 1}
`

const monthFile = `
name: month
unit: first of a month
source: {document: this project, status: assumed}
type: date
optional: true
rows:
  - {from: 2027, through: 2036, value: none}
`

func testParameters(t *testing.T) Parameters {
	t.Helper()
	set, err := ReadParameters(fstest.MapFS{
		"params/discount.yaml": {Data: []byte(discountFile)},
		"params/reading.yaml":  {Data: []byte(readingFile)},
		"params/share.yaml":    {Data: []byte(shareFile)},
		"params/month.yaml":    {Data: []byte(monthFile)},
	}, "params")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestParameterLookup(t *testing.T) {
	set := testParameters(t)
	tests := []struct {
		name, parameter string
		year            int
		keys            []string
		want            string // the document's own text
		number          string
		status          Status
	}{
		{"first year of a row", "discount", 2027, []string{"higher"}, "0.0175", "0.0175", Published},
		{"next row, the row's own status", "discount", 2028, []string{"higher"}, "0.0200", "0.02", Assumed},
		{"last year", "discount", 2036, []string{"higher"}, "0.0200", "0.02", Assumed},
		{"a fraction", "discount", 2030, []string{"lower"}, "1/3", "0.33333333", Published},
		{"without keys", "share", 2030, nil, "1", "1", Reported},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row, err := set.Reader(tt.year).Row(tt.parameter, tt.keys...)
			if err != nil {
				t.Fatal(err)
			}
			ratio, err := row.Value.Ratio()
			if err != nil {
				t.Fatal(err)
			}
			if row.Value.String() != tt.want || ratio.String() != tt.number || row.Source.Status != tt.status {
				t.Errorf("got %s (%s, %s), want %s (%s, %s)",
					row.Value, ratio, row.Source.Status, tt.want, tt.number, tt.status)
			}
		})
	}
}

func TestParameterLookupErrors(t *testing.T) {
	set := testParameters(t)
	reader := set.Reader(2037)
	_, noRow := reader.Ratio("discount", "higher")
	_, noKey := set.Reader(2030).Ratio("discount", "middle")
	_, noName := reader.Ratio("discont", "higher")
	_, wrongKind := set.Reader(2030).Ratio("reading")
	_, noValue := set.Reader(2030).Date("month")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{noRow, "parameter discount: 0 rows for PY 2037 [higher], want 1"},
		{noKey, "parameter discount: 0 rows for PY 2030 [middle], want 1"},
		{noName, "parameter discont is unknown; did you mean discount?"},
		{wrongKind, "parameter reading: it is a text, not a number"},
		{noValue, "parameter month: it has no value; ask None first"},
	} {
		if tt.err == nil || tt.err.Error() != tt.want {
			t.Errorf("got %v, want %s", tt.err, tt.want)
		}
	}
	double := Parameter{Name: "twice", Rows: []ParameterRow{{From: 2027, Through: 2030}, {From: 2030, Through: 2031}}}
	if _, err := double.At(2030); err == nil || !strings.Contains(err.Error(), "2 rows for PY 2030") {
		t.Errorf("two rows: got %v", err)
	}
}

func TestParseParameterRefuses(t *testing.T) {
	edit := func(old, changed string) string { return strings.Replace(discountFile, old, changed, 1) }
	tests := []struct{ name, text, want string }{
		{"an unknown key", edit("unit:", "units: x\nunit:"), "units"},
		{"a duplicate key", edit("unit:", "unit: x\nunit:"), "unit"},
		{"an unknown row key", edit("value: 1/3", "valu: 1/3, value: 1"), `unknown key "valu"`},
		{"a row without its key", edit("spending_group: lower,  ", ""), "no spending_group"},
		{"a row without value", edit(",  value: 1/3", ""), "no value"},
		{"a row without from", edit("from: 2027, through: 2027, ", "through: 2027, "), "no from"},
		{"a word for a year", edit("from: 2027, through: 2027", "from: soon, through: 2027"), "from: not a year"},
		{"from after through", edit("from: 2027, through: 2027", "from: 2028, through: 2027"), "lies after"},
		{"an overlap", edit("from: 2028", "from: 2027"), "overlap"},
		{"a word for a number", edit("0.0175}", "little}"), `"little" is not a number`},
		{"a zero divisor", edit("1/3", "1/0"), "not a fraction"},
		{"an unknown status", edit("published ", "known "), "not published, reported or assumed"},
		{"an unknown row status", edit("status: assumed", "status: sure"), "not published, reported or assumed"},
		{"no unit", edit("unit: share of the benchmark", "unit: "), "no unit"},
		{"no document", edit("document: LEAD RFA", "document: "), "no source document"},
		{"no rows", discountFile[:strings.Index(discountFile, "rows:")], "no rows"},
		{"a second document", discountFile + "---\nname: other\n", "more than one document"},
		{"a word out of a switch", strings.Replace(readingFile, "value: cumulative", "value: both", 1), "not one of cumulative, annual"},
		{"above the range", strings.Replace(shareFile, "value: 1", "value: 1.01", 1), "is above 1"},
		{"below the range", strings.Replace(shareFile, "value: 1", "value: -0.01", 1), "is below 0"},
		{"none where it must be", strings.Replace(shareFile, "value: 1", "value: none", 1), "not a number"},
		{"a bad date", strings.Replace(monthFile, "value: none", "value: 2027-02-30", 1), "not a date"},
		{"an unknown type", strings.Replace(monthFile, "type: date", "type: day", 1), "is not one of [number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := ParseParameter([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestReadParametersHoldsTheFileName(t *testing.T) {
	_, err := ReadParameters(fstest.MapFS{"params/discounts.yaml": {Data: []byte(discountFile)}}, "params")
	if err == nil || !strings.Contains(err.Error(), "file and name must agree") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadParameters(fstest.MapFS{}, "params"); err == nil {
		t.Error("an empty folder was read")
	}
}

func TestOverride(t *testing.T) {
	set := testParameters(t)
	tests := []struct {
		name      string
		parameter string
		value     any
		keys      []string
		want      string
	}{
		{"a float", "share", 0.8, nil, "0.8"},
		{"a text", "share", "1/3", nil, "1/3"},
		{"a whole number", "share", 0, nil, "0"},
		{"a switch", "reading", "annual", nil, "annual"},
		{"a keyed row", "discount.lower", "0.02", []string{"lower"}, "0.02"},
		{"null", "month", nil, nil, "none"},
		{"a date", "month", "2027-07-01", nil, "2027-07-01"},
		{"a date as a time", "month", time.Date(2027, 7, 1, 0, 0, 0, 0, time.UTC), nil, "2027-07-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed, err := set.Override(tt.parameter, tt.value)
			if err != nil {
				t.Fatal(err)
			}
			name, _, _ := strings.Cut(tt.parameter, ".")
			for _, year := range []int{2027, 2036} {
				row, err := changed.Reader(year).Row(name, tt.keys...)
				if err != nil {
					t.Fatal(err)
				}
				if row.Value.String() != tt.want || !row.Overridden || row.Source.Status != Assumed || row.Source.Document != RunFile {
					t.Errorf("PY %d: got %+v", year, row)
				}
			}
			if before, _ := set.Reader(2027).Row(name, tt.keys...); before.Overridden {
				t.Error("the set it came from has changed")
			}
		})
	}
}

func TestOverrideRefuses(t *testing.T) {
	set := testParameters(t)
	tests := []struct {
		name  string
		value any
		want  string
	}{
		{"shares", 1, "did you mean share?"},
		{"share", 1.5, "is above 1"},
		{"share", "much", "is not a number"},
		{"share", []string{"1"}, "a value of type []string"},
		{"share", nil, "is not a number"},
		{"share.higher", 1, "has 0 keys: write share"},
		{"discount", 0.02, "has 1 keys: write discount.spending_group"},
		{"discount.middle", 0.02, "no rows for middle"},
		{"reading", "yearly", "not one of cumulative, annual"},
	}
	for _, tt := range tests {
		if _, err := set.Override(tt.name, tt.value); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Override(%s, %v): got %v, want one with %q", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestReaderRemembersWhatItWasAsked(t *testing.T) {
	set, err := testParameters(t).Override("share", 0.5)
	if err != nil {
		t.Fatal(err)
	}
	reader := set.Reader(2028)
	for range 2 {
		_, _ = reader.Ratio("share")
		_, _ = reader.Ratio("discount", "higher")
		_, _ = reader.Ratio("discount", "no such")
	}
	got := reader.Consulted()
	if len(got) != 2 || got[0].Name != "discount.higher" || got[0].Source.Status != Assumed || got[0].Overridden ||
		got[1].Name != "share" || got[1].Value != "0.5" || !got[1].Overridden {
		t.Errorf("consulted %+v", got)
	}
}

func TestMergeParameters(t *testing.T) {
	set := testParameters(t)
	if _, err := MergeParameters(set, set); err == nil || !strings.Contains(err.Error(), "defined twice") {
		t.Errorf("got %v", err)
	}
	merged, err := MergeParameters(set, Parameters{})
	if err != nil || len(merged.Names()) != 4 {
		t.Errorf("merged %v, %v", merged.Names(), err)
	}
}

func TestWeakest(t *testing.T) {
	tests := []struct {
		parts []Status
		want  Status
	}{
		{nil, Published},
		{[]Status{Published, Published}, Published},
		{[]Status{Published, Reported}, Reported},
		{[]Status{Assumed, Reported, Published}, Assumed},
	}
	for _, tt := range tests {
		if got := Weakest(tt.parts...); got != tt.want {
			t.Errorf("Weakest(%v) = %s, want %s", tt.parts, got, tt.want)
		}
	}
}

func TestGapsNamesEveryYearWithoutARow(t *testing.T) {
	parameter, err := testParameters(t).Parameter("discount")
	if err != nil {
		t.Fatal(err)
	}
	if gaps := parameter.Gaps(2027, 2036); gaps != nil {
		t.Errorf("gaps %v", gaps)
	}
	if gaps := parameter.Gaps(2026, 2037); len(gaps) != 4 { // two keys, 2026 and 2037
		t.Errorf("gaps %v", gaps)
	}
}

func TestReaderKinds(t *testing.T) {
	plain := func(name, kind, value string) []byte {
		return []byte("name: " + name + "\nunit: u\nsource: {document: d, status: assumed}\ntype: " + kind +
			"\nrows:\n  - {from: 2027, through: 2036, value: " + value + "}\n")
	}
	set, err := ReadParameters(fstest.MapFS{
		"p/months.yaml": {Data: plain("months", "count", "12")},
		"p/on.yaml":     {Data: plain("on", "flag", "true")},
		"p/word.yaml":   {Data: plain("word", "text", `"99213"`)},
		"p/day.yaml":    {Data: plain("day", "date", "2027-07-01")},
		"p/score.yaml":  {Data: plain("score", "number", "3.0")},
	}, "p")
	if err != nil {
		t.Fatal(err)
	}
	reader := set.Reader(2027)
	if n, err := reader.Count("months"); err != nil || n != 12 {
		t.Errorf("count %d, %v", n, err)
	}
	if on, err := reader.Flag("on"); err != nil || !on {
		t.Errorf("flag %v, %v", on, err)
	}
	if word, err := reader.Text("word"); err != nil || word != "99213" {
		t.Errorf("text %q, %v", word, err)
	}
	if day, err := reader.Date("day"); err != nil || day.Format(time.DateOnly) != "2027-07-01" {
		t.Errorf("date %v, %v", day, err)
	}
	if score, err := reader.Decimal("score"); err != nil || score.String() != "3" {
		t.Errorf("decimal %v, %v", score, err)
	}
	if first, err := reader.Begins("months"); err != nil || first != 2027 {
		t.Errorf("begins %d, %v", first, err)
	}
	for name, refused := range map[string]any{"months": 1.5, "on": "perhaps", "day": "soon"} {
		if _, err := set.Override(name, refused); err == nil {
			t.Errorf("%s was set to %v", name, refused)
		}
	}
	for name, value := range map[string]any{"months": int64(3), "on": false} {
		if _, err := set.Override(name, value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := reader.Flag("months"); err == nil {
		t.Error("a count was read as a flag")
	}
}

func TestCategoriesAndTypes(t *testing.T) {
	for _, k := range Categories {
		if !k.Valid() {
			t.Errorf("%s", k)
		}
	}
	for _, a := range AlignmentTypes {
		if !a.Valid() {
			t.Errorf("%s", a)
		}
	}
	if AllCategories.Valid() || AllAligned.Valid() || Category("hn").Valid() || AlignmentType("").Valid() {
		t.Error("a word for all, or no word, is valid")
	}
}
