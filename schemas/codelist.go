package schemas

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// CodeList is a named list of codes with the dates between which each is in
// force and, for some lists, a share or a restriction.
type CodeList struct {
	Name   string
	Unit   string
	Source string
	Status string
	Codes  []ListedCode
}

// ListedCode is one row of a list. Both dates are inclusive and held against
// the service date (R22).
type ListedCode struct {
	Code        string
	Effective   time.Time
	End         time.Time
	Share       *decimal.Decimal
	Restriction string
	Class       string
}

// LoadCodeList reads a default list: CSV under a header of `# field: text`.
func LoadCodeList(files fs.FS, path string) (CodeList, error) {
	text, err := fs.ReadFile(files, path)
	if err != nil {
		return CodeList{}, fmt.Errorf("code list: %w", err)
	}
	list := CodeList{}
	header(text, map[string]*string{"name": &list.Name, "unit": &list.Unit, "source": &list.Source, "status": &list.Status})
	if list.Name == "" || list.Source == "" || list.Status == "" {
		return CodeList{}, fmt.Errorf("code list %s: its header must give name, source and status", path)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comment = '#'
	names, err := reader.Read()
	if err != nil {
		return CodeList{}, fmt.Errorf("code list %s: %w", path, err)
	}
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return CodeList{}, fmt.Errorf("code list %s: %w", path, err)
		}
		row := map[string]string{}
		for i, name := range names {
			row[name] = record[i]
		}
		code, err := listedCode(row)
		if err != nil {
			return CodeList{}, fmt.Errorf("code list %s: %w", path, err)
		}
		list.Codes = append(list.Codes, code)
	}
}

func header(text []byte, fields map[string]*string) {
	var field *string
	for line := range strings.SplitSeq(string(text), "\n") {
		comment, ok := strings.CutPrefix(line, "# ")
		if !ok {
			return
		}
		name, value, isField := strings.Cut(comment, ":")
		if known := fields[name]; isField && known != nil {
			field, *known = known, strings.TrimSpace(value)
		} else if field != nil {
			*field += " " + strings.TrimSpace(comment)
		}
	}
}

func listedCode(row map[string]string) (ListedCode, error) {
	c := ListedCode{Code: row["code"], Restriction: row["restriction"], Class: row["class"], Effective: Always, End: Forever}
	if c.Code == "" {
		c.Code = row["specialty_code"]
	}
	for name, date := range map[string]*time.Time{"effective_date": &c.Effective, "end_date": &c.End} {
		if row[name] == "" {
			continue
		}
		parsed, err := time.Parse(time.DateOnly, row[name])
		if err != nil {
			return c, fmt.Errorf("%s of code %s: %w", name, c.Code, err)
		}
		*date = parsed
	}
	if row["share"] != "" {
		share, err := decimal.NewFromString(row["share"])
		if err != nil {
			return c, fmt.Errorf("share of code %s: %w", c.Code, err)
		}
		c.Share = &share
	}
	return c, nil
}
