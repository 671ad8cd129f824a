package input

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"leadline/schemas"
)

var (
	utf8Mark  = []byte("\xef\xbb\xbf")
	utf16Mark = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
)

// readCSV reads a comma-separated file with a header, as spreadsheets and
// databases write it: with or without a byte-order mark, lines ended by LF or
// CR LF.
func (r *smallReader) readCSV(file File) {
	text, err := os.ReadFile(file.Path)
	if err != nil {
		r.broken = true
		r.findings = append(r.findings, unreadable(r.source.Table, file.Name, err))
		return
	}
	text = bytes.TrimPrefix(text, utf8Mark)
	if why, remedy := notCSV(text); why != "" {
		r.fileError(file, CheckNotCSV, "", why, remedy)
		return
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		r.fileError(file, CheckNotCSV, "", "the header cannot be read: "+csvReason(err), "write a header with the column names")
		return
	}
	if at, ok := r.header(file, header); ok {
		r.csvRecords(file, reader, at, len(header))
	}
}

// notCSV tells the formats that people take for CSV.
func notCSV(text []byte) (why, remedy string) {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return "the file is empty", "write a header and the rows"
	case slices.ContainsFunc(utf16Mark, func(m []byte) bool { return bytes.HasPrefix(text, m) }):
		return "the file is UTF-16", "save it as CSV UTF-8"
	case bytes.HasPrefix(text, []byte("PK")):
		return "the file is an Excel workbook or a zip archive", "save it as CSV UTF-8"
	case bytes.HasPrefix(text, []byte(magic)):
		return "the file is Parquet", "name it .parquet"
	case !utf8.Valid(text):
		return "the file is not UTF-8", "save it as CSV UTF-8"
	case bytes.IndexByte(first, ',') < 0 && bytes.IndexByte(first, ';') >= 0:
		return "the columns are separated by semicolons", "separate them by commas, with points in decimal numbers"
	case bytes.IndexByte(first, ',') < 0 && bytes.IndexByte(first, '\t') >= 0:
		return "the columns are separated by tabs", "separate them by commas"
	}
	return "", ""
}

// header finds the table's columns in a header: the position of each, or -1.
func (r *smallReader) header(file File, header []string) (map[string]int, bool) {
	at := map[string]int{}
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		if _, twice := at[header[i]]; twice && header[i] != "" {
			r.fileError(file, CheckNotCSV, header[i], "the header names "+header[i]+" twice", "take one of the two out")
			return nil, false
		}
		at[header[i]] = i
	}
	ok := true
	for _, c := range r.source.Table.Columns {
		_, inFile := at[c.Name]
		_, inPath := file.Partition[c.Name]
		if inFile || inPath {
			r.rows.Present[c.Name] = true
			continue
		}
		if !c.Optional {
			r.fileError(file, CheckMissingColumn, c.Name, "column "+c.Name+" is missing"+nearColumn(c.Name, header), missingRemedy(c))
			ok = false
		}
	}
	return at, ok
}

func (r *smallReader) csvRecords(file File, reader *csv.Reader, at map[string]int, width int) {
	for row := int64(1); ; row++ {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.ragged(file, row, "cannot be read: "+csvReason(err), "close every quote, and double a quote inside one")
			return
		}
		if blank(fields) { // spreadsheets leave such rows behind
			continue
		}
		if len(fields) != width {
			r.ragged(file, row, fmt.Sprintf("has %d fields, the header %d", len(fields), width), "quote a field that holds a comma")
			continue
		}
		r.record(file, row, func(c schemas.Column) (any, error) {
			i, ok := at[c.Name]
			if !ok {
				return nil, nil
			}
			text := strings.TrimSpace(fields[i])
			if text == "" {
				return nil, nil
			}
			return parseCell(c, text)
		})
	}
}

func (r *smallReader) ragged(file File, row int64, why, remedy string) {
	r.findings = append(r.findings, Finding{
		Check: CheckRagged, Severity: Error, Table: r.source.Table.Name, File: file.Name, Row: row, Rows: 1,
		Rule: "contract 1", Message: "the row " + why, Remedy: remedy,
	})
}

// csvReason drops the line and column that the csv package adds: the finding
// has its own.
func csvReason(err error) string {
	if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func blank(fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" })
}
