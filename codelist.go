package atlas

import "slices"

// Code lists (číselníky, chapter 5) by their stable number.
const (
	ListArea            = "CL-01" // oblasti integrace
	ListTargetLegal     = "CL-02" // cílové skupiny podle postavení
	ListTargetSituation = "CL-03" // cílové skupiny podle situace
	ListResidence       = "CL-04" // typy pobytu
	ListActivity        = "CL-05" // aktivity
	ListFunderType      = "CL-06" // typy poskytovatelů
	ListProgramme       = "CL-07" // programy
	ListActorType       = "CL-08" // typy aktérů
	ListRole            = "CL-09" // role v projektu
	ListLegalForm       = "CL-10" // právní formy
	ListStatus          = "CL-11" // stav projektu
	ListRecordStatus    = "CL-12" // stav záznamu
	ListScope           = "CL-13" // územní rozsah
	ListSourceKind      = "CL-14" // druhy zdrojů záznamu
	ListCountKind       = "CL-15" // druh počtu osob
	ListIndicatorKind   = "CL-16" // druh indikátoru
	ListApplicant       = "CL-24" // oprávnění žadatelé
	ListNeedStatus      = "CL-32" // stav potřeby
	ListPractice        = "CL-33" // stav karty dobré praxe
	ListAward           = "CL-34" // ocenění
	ListBarrier         = "CL-35" // bariéry
	ListLanguage        = "CL-37" // jazyky
	ListLicence         = "CL-38" // licence dat
	// Lists that chapter 5 gives without a number of their own.
	ListPeriod         = "CL-07-OBD"  // programová období
	ListSphere         = "CL-08-SF"   // sféry účastníků
	ListPeriodicity    = "CL-16-PER"  // periodicita indikátoru
	ListDirection      = "CL-16-SM"   // směr indikátoru
	ListNeedKind       = "CL-32-DR"   // druhy potřeb
	ListNeedOrigin     = "CL-32-ZDR"  // kdo potřebu nahlásil
	ListTransferStatus = "CL-33-PREN" // stav přenosu praxe
	ListTransferKind   = "CL-33-VZT"  // vztahy mezi praxemi
	ListServiceForm    = "ATL-FORMA"  // forma služby (6.1 service_form)
	ListPrice          = "ATL-CENA"   // cena pro klienta (6.1 price_for_client)
	ListTransfer       = "ATL-PRENOS" // přenositelnost (6.1 transfer_flag)
	ListCountry        = "ISO-3166"   // země a státní občanství (10.6)
	ListCurrency       = "ISO-4217"   // měny
)

// Item is one entry of a code list. Codes never change; an item is retired by
// ValidTo, not deleted.
type Item struct {
	Code               string
	Cs, En             string
	NoteCs, NoteEn     string
	Order              int
	ValidFrom, ValidTo Date
	// Parent is the code of the item this one belongs to, in the list that
	// the list's own description names: the area of an activity, the period of
	// a programme, the sector of an actor type.
	Parent string
	// Successor is the code of the item that took the place of a retired one.
	Successor string
}

// List is a code list with its items in their order.
type List struct {
	Code               string // "CL-01"
	Slug               string // in addresses: "oblasti-integrace"
	Cs, En             string
	SourceCs, SourceEn string // where the content comes from
	Version            int64
	Items              []Item
}

// Item finds an item by code.
func (l *List) Item(code string) (Item, bool) {
	i := slices.IndexFunc(l.Items, func(it Item) bool { return it.Code == code })
	if i < 0 {
		return Item{}, false
	}
	return l.Items[i], true
}

// Lists is all code lists as they stand, indexed for look-ups. It is never
// changed once made; a change of a list makes a new one.
type Lists struct {
	all   []List
	items map[string]map[string]Item
}

// NewLists indexes lists given in their order.
func NewLists(all []List) *Lists {
	ls := &Lists{all: all, items: make(map[string]map[string]Item, len(all))}
	for _, l := range all {
		m := make(map[string]Item, len(l.Items))
		for _, it := range l.Items {
			m[it.Code] = it
		}
		ls.items[l.Code] = m
	}
	return ls
}

// All gives the lists in their order.
func (ls *Lists) All() []List { return ls.all }

// List finds a list by its code or slug.
func (ls *Lists) List(code string) (*List, bool) {
	for i := range ls.all {
		if ls.all[i].Code == code || ls.all[i].Slug == code {
			return &ls.all[i], true
		}
	}
	return nil, false
}

// Has says whether the list has such a code.
func (ls *Lists) Has(list, code string) bool { _, ok := ls.items[list][code]; return ok }

// Item finds an item of a list.
func (ls *Lists) Item(list, code string) (Item, bool) { it, ok := ls.items[list][code]; return it, ok }

// Label is the item's name in a language ("cs", "en"); an unknown code is its
// own label, so that nothing is hidden.
func (ls *Lists) Label(list, code, lang string) string {
	it, ok := ls.items[list][code]
	switch {
	case !ok:
		return code
	case lang == "en" && it.En != "":
		return it.En
	}
	return it.Cs
}
