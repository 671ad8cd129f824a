package schemas

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown prints the tables as one section each, for people.
func WriteMarkdown(w io.Writer, tables []Table) error {
	for i, t := range tables {
		if i > 0 {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		if _, err := io.WriteString(w, t.markdown()); err != nil {
			return err
		}
	}
	return nil
}

func (t Table) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", t.Name, t.Doc)
	fmt.Fprintf(&b, "Key: %s.", strings.Join(t.Key, ", "))
	for _, remark := range t.remarks() {
		fmt.Fprintf(&b, " %s", remark)
	}
	b.WriteString("\n\n| column | type | may be | meaning |\n|---|---|---|---|\n")
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.Type, c.mayBe(), c.meaning())
	}
	return b.String()
}

func (t Table) remarks() []string {
	var r []string
	if t.Required {
		r = append(r, "Required.")
	}
	if t.Alternative != "" {
		r = append(r, fmt.Sprintf("%s may be given instead.", t.Alternative))
	}
	if t.CSV {
		r = append(r, "Parquet or CSV.")
	}
	if t.Restricted {
		r = append(r, "Restricted: rows of single beneficiaries.")
	}
	return r
}

func (c Column) mayBe() string {
	switch {
	case c.Optional:
		return "absent, null"
	case c.Nullable:
		return "null"
	}
	return ""
}

func (c Column) meaning() string {
	s := c.Doc
	if c.Form != FormNone {
		s += fmt.Sprintf("; %s", c.Form)
	}
	if len(c.Codes) > 0 {
		s += fmt.Sprintf("; one of %s", strings.Join(c.Codes, " "))
	}
	if len(c.Known) > 0 {
		s += fmt.Sprintf("; known: %s", strings.Join(c.Known, " "))
	}
	if c.Unit != "" {
		s += fmt.Sprintf(" (%s)", c.Unit)
	}
	return s
}
