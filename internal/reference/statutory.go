package reference

// SourceStatutory says where the list of statutory cities is from.
const SourceStatutory = "§ 4 zákona č. 128/2000 Sb., o obcích; zákon č. 131/2000 Sb., o hlavním městě Praze"

// StatutoryCities gives the codes of the 26 statutory cities (statutární města) of
// § 4 of Act 128/2000 with their names, and Praha, which Act 131/2000 puts beside
// them: large cities that may divide themselves into parts with councils.
func StatutoryCities() map[string]string {
	return map[string]string{
		"554782": "Praha",
		"532053": "Kladno", "544256": "České Budějovice", "554791": "Plzeň", "554961": "Karlovy Vary",
		"554804": "Ústí nad Labem", "563889": "Liberec", "569810": "Hradec Králové", "555134": "Pardubice",
		"586846": "Jihlava", "582786": "Brno", "585068": "Zlín", "500496": "Olomouc", "511382": "Přerov",
		"562971": "Chomutov", "562335": "Děčín", "598003": "Frýdek-Místek", "554821": "Ostrava", "505927": "Opava",
		"555088": "Havířov", "567027": "Most", "567442": "Teplice", "598917": "Karviná", "535419": "Mladá Boleslav",
		"589250": "Prostějov", "563510": "Jablonec nad Nisou", "598810": "Třinec",
	}
}
