package ingest

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The files of an import beside the tables.
const (
	participantFile    = "participant_tin.csv"
	acoFile            = "aco.csv"
	runFile            = "run.yaml"
	reconciliationFile = "reconciliation.csv"
	reportFile         = "import.json"
)

// madeUpACOs are the two ACOs of the template: one of each risk option.
var madeUpACOs = [...][]string{
	{"A0001", "Made-up Global ACO", "global", "newly_entering", "prospective"},
	{"A0002", "Made-up Professional ACO", "professional", "newly_entering", "prospective"},
}

const acoCount = len(madeUpACOs)

// ParticipantTINs picks the TINs of the made-up list (P11), the TIN with the
// most lines first, ties by TIN.
func ParticipantTINs(lines map[string]int64, most int) []string {
	tins := make([]string, 0, len(lines))
	for tin := range lines {
		tins = append(tins, tin)
	}
	slices.SortFunc(tins, func(a, b string) int {
		return cmp.Or(cmp.Compare(lines[b], lines[a]), strings.Compare(a, b))
	})
	return tins[:min(most, len(tins))]
}

// writeRunFiles writes what `leadline run` needs besides the tables.
func (im *importer) writeRunFiles() error {
	tins := ParticipantTINs(im.tins, im.options.ParticipantTINs)
	err := writeCSV(filepath.Join(im.folder, participantFile), []string{"aco_id", "tin"}, func(w *csv.Writer) error {
		for i, tin := range tins {
			if err := w.Write([]string{madeUpACOs[i%acoCount][0], tin}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	years := im.sourceYears()
	start := years[len(years)-1] + im.options.ShiftYears + 1
	header := []string{"aco_id", "name", "risk_option", "experience", "alignment_option", "first_performance_year"}
	err = writeCSV(filepath.Join(im.folder, acoFile), header, func(w *csv.Writer) error {
		for _, aco := range madeUpACOs {
			if err := w.Write(append(slices.Clone(aco), strconv.Itoa(start))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(im.folder, runFile), im.runText(start, len(tins)))
}

func (im *importer) runText(start, tins int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Made by leadline import desynpuf: synthetic people, dates moved by %d years.\n", im.options.ShiftYears)
	fmt.Fprintf(&b, "# The list in %s is made up: the %d TINs with the most lines, dealt to two ACOs.\n", participantFile, tins)
	fmt.Fprintf(&b, "# The extract begins with its first base year, so that look-backs before it are truncated.\n")
	fmt.Fprintf(&b, "performance_year: %d\ninputs:\n", start)
	for _, table := range im.report.Tables {
		fmt.Fprintf(&b, "  %s: %s\n", table.Table, table.File)
	}
	fmt.Fprintf(&b, "  participant_tin: %s\n  aco: %s\noutput: out\n", participantFile, acoFile)
	return b.Bytes()
}

// writeReport keeps the report beside the tables.
func (im *importer) writeReport() error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(im.report); err != nil {
		return err
	}
	return writeFile(filepath.Join(im.folder, reportFile), b.Bytes())
}

func writeCSV(path string, header []string, rows func(*csv.Writer) error) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		return err
	}
	if err := rows(w); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// writeFile writes a new file and makes it durable.
func writeFile(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
