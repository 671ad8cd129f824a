package pipeline

import (
	"fmt"
	"math/big"
	"strings"
)

// leastMemory is what the engine needs to open files and to spill at all.
const leastMemory = 64 * 1000 * 1000

var memoryUnits = []struct {
	suffix string
	bytes  int64
}{
	// The longer suffix first: GiB ends in B too.
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"tib", 1 << 40},
	{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"tb", 1e12},
}

// ParseMemory reads a memory size such as 3GB, 1.5 GiB or 512MB, in bytes.
// A number without a unit is refused: bytes and gigabytes both look plausible.
func ParseMemory(text string) (int64, error) {
	lower := strings.ToLower(strings.TrimSpace(text))
	for _, u := range memoryUnits {
		number, ok := strings.CutSuffix(lower, u.suffix)
		if !ok {
			continue
		}
		value, ok := new(big.Rat).SetString(strings.TrimSpace(number))
		if !ok || strings.ContainsAny(number, "/e") {
			break
		}
		bytes := value.Mul(value, new(big.Rat).SetInt64(u.bytes))
		whole := new(big.Int).Quo(bytes.Num(), bytes.Denom())
		if whole.Cmp(big.NewInt(leastMemory)) < 0 || !whole.IsInt64() {
			return 0, fmt.Errorf("%q is out of range; give at least 64MB", text)
		}
		return whole.Int64(), nil
	}
	return 0, fmt.Errorf("%q is not a memory size; write a number with KB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 3GB", text)
}
