package atlas

// ShippedDatasets are the descriptions of the public sources that the product
// can read. Nobody's numbers are shipped.
func ShippedDatasets() []Dataset {
	return []Dataset{
		{
			Code:         DatasetForeigners,
			NameCs:       "Cizinci podle státního občanství, věku a pohlaví",
			NameEn:       "Foreigners by citizenship, age and sex",
			DefinitionCs: "Cizinci s povoleným pobytem nad 90 dnů k 31. prosinci podle evidence Ředitelství služby cizinecké policie, zpracování ČSÚ (sada 290038). Cizince s platným azylem ČSÚ vykazuje zvlášť. Za stát, kraje a okresy; za obce se nezveřejňuje.",
			DefinitionEn: "Foreigners with residence over 90 days on 31 December by the records of the Foreign Police, processed by the Czech Statistical Office (set 290038). Holders of asylum are reported separately. For the country, regions and districts; not published for municipalities.",
			Publisher:    "Český statistický úřad", URL: "https://csu.gov.cz/", Licence: "CC-BY-4.0", Periodicity: "ANNUAL",
			Indicator: "cizinci", IndicatorEn: "foreigners", Unit: "osoby", UnitEn: "persons",
			Levels: []Level{LevelCountry, LevelRegion, LevelDistrict},
		},
		{
			Code:         DatasetPopulation,
			NameCs:       "Obyvatelstvo v obcích",
			NameEn:       "Inhabitants of municipalities",
			DefinitionCs: "Stav obyvatel obcí k 31. prosinci podle bilance ČSÚ (sada 130149): občané Česka s trvalým pobytem a cizinci s pobytem nad 90 dnů i s azylem. Proto se podíly počítané z jiných zdrojů mohou lišit.",
			DefinitionEn: "Inhabitants of municipalities on 31 December by the balance of the Czech Statistical Office (set 130149): citizens with permanent residence and foreigners with residence over 90 days or asylum. Shares computed from other sources may therefore differ.",
			Publisher:    "Český statistický úřad", URL: "https://csu.gov.cz/", Licence: "CC-BY-4.0", Periodicity: "ANNUAL",
			Indicator: "obyvatelé", IndicatorEn: "inhabitants", Unit: "osoby", UnitEn: "persons",
			Levels: []Level{LevelCountry, LevelRegion, LevelDistrict, LevelMunicipality},
		},
		{
			Code:         DatasetProtection,
			NameCs:       "Osoby s dočasnou ochranou podle obcí",
			NameEn:       "Holders of temporary protection by municipality",
			DefinitionCs: "Držitelé dočasné ochrany podle nahlášené adresy, Ministerstvo vnitra. Nejsou to jen občané Ukrajiny a jsou mezi nimi i držitelé víz D/VS/U z 24. února až 21. března 2022. Osoby bez platné adresy stojí zvlášť a nerozpočítávají se. Ministerstvo čísla opravuje i zpětně.",
			DefinitionEn: "Holders of temporary protection by reported address, Ministry of the Interior. Not only citizens of Ukraine, and including holders of visas D/VS/U of 24 February to 21 March 2022. Persons without a valid address stand apart and are never spread. The ministry corrects numbers backwards.",
			Publisher:    "Ministerstvo vnitra ČR", URL: "https://mv.gov.cz/", Licence: "NEZNAME", Periodicity: "MONTHLY",
			Indicator: "osoby s dočasnou ochranou", IndicatorEn: "holders of temporary protection", Unit: "osoby", UnitEn: "persons",
			Levels: []Level{LevelMunicipality, LevelCityDistrict},
		},
	}
}
