package ingest

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A layout is which of CMS's five files a file is, told by its header: the
// names differ between subsets, the columns do not.
type layout string

const (
	summaryLayout    layout = "beneficiary_summary"
	inpatientLayout  layout = "inpatient"
	outpatientLayout layout = "outpatient"
	carrierLayout    layout = "carrier"
	drugLayout       layout = "prescription_drug"
	otherLayout      layout = "not_desynpuf"
)

// readLayouts are the ones that an import needs, in the order it reads them.
var readLayouts = []layout{summaryLayout, carrierLayout, inpatientLayout, outpatientLayout}

// layoutOf tells a file by columns that only its layout has.
func layoutOf(header []string) layout {
	has := func(name string) bool { return slices.Contains(header, name) }
	switch {
	case !has("DESYNPUF_ID"):
		return otherLayout
	case has("BENE_BIRTH_DT"):
		return summaryLayout
	case has("PDE_ID"):
		return drugLayout
	case has("TAX_NUM_1"):
		return carrierLayout
	case has("CLM_UTLZTN_DAY_CNT"):
		return inpatientLayout
	case has("SEGMENT"):
		return outpatientLayout
	}
	return otherLayout
}

// A sourceFile is one CSV file of the source.
type sourceFile struct {
	path, name string
	layout     layout
	year       int // of a beneficiary summary
	bytes      int64
}

// A source is CMS's files by layout, each in the order of year and name.
type source struct {
	files   map[layout][]sourceFile
	skipped []sourceFile
	total   int64
}

// openSource finds the CSV files under path. Archives are unpacked into aside.
func openSource(ctx context.Context, path, aside string) (*source, error) {
	paths, err := sourcePaths(ctx, path, aside)
	if err != nil {
		return nil, err
	}
	s := &source{files: make(map[layout][]sourceFile)}
	seen := make(map[string]bool)
	for _, p := range paths {
		f, err := describe(p)
		if err != nil {
			return nil, err
		}
		if seen[f.name] {
			return nil, &InputError{File: f.name, What: "is in the source twice", Remedy: "keep the CSV file or its archive, not both"}
		}
		seen[f.name] = true
		if f.layout == drugLayout || f.layout == otherLayout {
			s.skipped = append(s.skipped, f)
			continue
		}
		s.files[f.layout] = append(s.files[f.layout], f)
		s.total += f.bytes
	}
	return s, s.sortAndCheck(path)
}

// sortAndCheck puts the files in order and names every layout that is missing.
func (s *source) sortAndCheck(path string) error {
	var missing []string
	for _, l := range readLayouts {
		slices.SortFunc(s.files[l], func(a, b sourceFile) int {
			return cmp.Or(cmp.Compare(a.year, b.year), strings.Compare(a.name, b.name))
		})
		if len(s.files[l]) == 0 {
			missing = append(missing, string(l))
		}
	}
	slices.SortFunc(s.skipped, func(a, b sourceFile) int { return strings.Compare(a.name, b.name) })
	if len(missing) > 0 {
		return &InputError{File: path, What: "holds no DE-SynPUF file of " + strings.Join(missing, ", "),
			Remedy: "download all files of a sample into one folder"}
	}
	return nil
}

// sourcePaths lists the CSV files of a folder or an archive, unpacking archives.
func sourcePaths(ctx context.Context, path, aside string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &InputError{File: path, What: "cannot be opened: " + reason(err), Remedy: "name CMS's folder or archive"}
	}
	if !info.IsDir() {
		return unpack(ctx, path, aside)
	}
	var found []string
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != path && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case isCSV(p):
			found = append(found, p)
		case isArchive(p):
			unpacked, err := unpack(ctx, p, aside)
			found = append(found, unpacked...)
			return err
		}
		return nil
	})
	var unreadable *os.PathError
	if errors.As(err, &unreadable) {
		return nil, &InputError{File: unreadable.Path, What: "cannot be read: " + reason(err)}
	}
	return found, err
}

func isCSV(name string) bool { return strings.EqualFold(filepath.Ext(name), ".csv") }

var yearInName = regexp.MustCompile(`(?:^|[^0-9])(20[0-9]{2})(?:[^0-9]|$)`)

// describe reads a file's header and, of a beneficiary summary, the year in its
// name: CMS's layout has it nowhere else.
func describe(path string) (sourceFile, error) {
	f := sourceFile{path: path, name: filepath.Base(path)}
	info, err := os.Stat(path)
	if err != nil {
		return f, &InputError{File: f.name, What: "cannot be opened: " + reason(err)}
	}
	f.bytes = info.Size()
	r, err := openRecords(path, f.name)
	if err != nil {
		return f, err
	}
	r.close()
	if f.layout = layoutOf(r.header); f.layout != summaryLayout {
		return f, nil
	}
	year := yearInName.FindStringSubmatch(f.name)
	if year == nil {
		return f, &InputError{File: f.name, What: "is a beneficiary summary without a year in its name",
			Remedy: "keep CMS's file name, such as DE1_0_2008_Beneficiary_Summary_File_Sample_1.csv"}
	}
	f.year = number(year[1])
	return f, nil
}
