package input

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go/format"
)

// bounds are what footers tell of a column's values, over all row groups and
// files. They let a check pass without a page being read.
type bounds struct {
	// noNulls is proved: by the schema, or by the counts of every row group.
	noNulls bool
	// ranged tells that every row group with values has its extremes; low and
	// high are theirs, of decimals unscaled, of dates in days since 1970.
	ranged    bool
	low, high int64
	empty     bool // no row group has a value
}

func (b bounds) and(o bounds) bounds {
	joint := bounds{noNulls: b.noNulls && o.noNulls, ranged: b.ranged && o.ranged, empty: b.empty && o.empty}
	switch {
	case b.empty:
		joint.low, joint.high = o.low, o.high
	case o.empty:
		joint.low, joint.high = b.low, b.high
	default:
		joint.low, joint.high = min(b.low, o.low), max(b.high, o.high)
	}
	return joint
}

// within tells that every value is known to lie from low to high.
func (b bounds) within(low, high int64) bool {
	return b.ranged && (b.empty || b.low >= low && b.high <= high)
}

// columnBounds reads the statistics of a file's columns.
func columnBounds(meta *format.FileMetaData, columns map[string]physicalType) map[string]bounds {
	all := map[string]bounds{}
	for name := range columns {
		all[name] = bounds{noNulls: true, ranged: true, empty: true}
	}
	required := requiredColumns(meta.Schema)
	for _, g := range meta.RowGroups {
		for i := range g.Columns {
			chunk := &g.Columns[i].MetaData
			if len(chunk.PathInSchema) != 1 || g.NumRows == 0 {
				continue
			}
			name := chunk.PathInSchema[0]
			b := chunkBounds(chunk, required[name])
			b.ranged = b.ranged && columns[name].family != familyUnsigned
			all[name] = all[name].and(b)
		}
	}
	return all
}

// chunkBounds reads one row group's statistics. A null count of zero is
// believed only beside extremes: a writer that keeps no statistics leaves it
// out, which reads as zero too.
func chunkBounds(chunk *format.ColumnMetaData, required bool) bounds {
	s := chunk.Statistics
	kept := len(s.MinValue) > 0 && len(s.MaxValue) > 0
	b := bounds{noNulls: required || kept && s.NullCount == 0}
	switch {
	case !kept && s.NullCount == chunk.NumValues:
		b.ranged, b.empty = true, true
	case !kept:
	case chunk.Type == format.Int32 && len(s.MinValue) == 4 && len(s.MaxValue) == 4:
		b.ranged = true
		b.low = int64(int32(binary.LittleEndian.Uint32(s.MinValue)))
		b.high = int64(int32(binary.LittleEndian.Uint32(s.MaxValue)))
	case chunk.Type == format.Int64 && len(s.MinValue) == 8 && len(s.MaxValue) == 8:
		b.ranged = true
		b.low = int64(binary.LittleEndian.Uint64(s.MinValue))
		b.high = int64(binary.LittleEndian.Uint64(s.MaxValue))
	}
	return b
}

// requiredColumns are the top-level columns whose schema forbids nulls.
func requiredColumns(schema []format.SchemaElement) map[string]bool {
	required := map[string]bool{}
	for i := 1; i < len(schema); i = subtreeEnd(schema, i) {
		required[schema[i].Name] = schema[i].RepetitionType.Valid && schema[i].RepetitionType.V == format.Required
	}
	return required
}
