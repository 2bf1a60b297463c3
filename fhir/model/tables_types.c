/* Made by fhir/gen/gen.py from the FHIR R4 (4.0.1) definitions, which are CC0.
 * Do not edit: change the generator. */
#include "fhir/model/tables_priv.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
const char fhir_name_pool[] =
    "\007Account\0"
    "\002id\0"
    "\004meta\0"
    "\004name\0"
    "\004text\0"
    "\004type\0"
    "\005owner\0"
    "\006partOf\0"
    "\006status\0"
    "\007subject\0"
    "\010coverage\0"
    "\010language\0"
    "\011contained\0"
    "\011extension\0"
    "\011guarantor\0"
    "\012identifier\0"
    "\013description\0"
    "\015implicitRules\0"
    "\015servicePeriod\0"
    "\021modifierExtension\0"
    "\020Account.coverage\0"
    "\010priority\0"
    "\021Account.guarantor\0"
    "\005party\0"
    "\006onHold\0"
    "\006period\0"
    "\022ActivityDefinition\0"
    "\003url\0"
    "\004code\0"
    "\004date\0"
    "\004kind\0"
    "\005title\0"
    "\005topic\0"
    "\005usage\0"
    "\006author\0"
    "\006dosage\0"
    "\006editor\0"
    "\006intent\0"
    "\007contact\0"
    "\007library\0"
    "\007profile\0"
    "\007purpose\0"
    "\007version\0"
    "\010bodySite\0"
    "\010endorser\0"
    "\010location\0"
    "\010quantity\0"
    "\010reviewer\0"
    "\010subtitle\0"
    "\011copyright\0"
    "\011publisher\0"
    "\011timingAge\0"
    "\011transform\0"
    "\012useContext\0"
    "\013participant\0"
    "\013timingRange\0"
    "\014approvalDate\0"
    "\014doNotPerform\0"
    "\014dynamicValue\0"
    "\014experimental\0"
    "\014jurisdiction\0"
    "\014timingPeriod\0"
    "\014timingTiming\0"
    "\016lastReviewDate\0"
    "\016timingDateTime\0"
    "\016timingDuration\0"
    "\017effectivePeriod\0"
    "\017relatedArtifact\0"
    "\020productReference\0"
    "\020subjectReference\0"
    "\023specimenRequirement\0"
    "\026observationRequirement\0"
    "\026productCodeableConcept\0"
    "\026subjectCodeableConcept\0"
    "\034observationResultRequirement\0"
    "\037ActivityDefinition.dynamicValue\0"
    "\004path\0"
    "\012expression\0"
    "\036ActivityDefinition.participant\0"
    "\004role\0"
    "\007Address\0"
    "\003use\0"
    "\004city\0"
    "\004line\0"
    "\005state\0"
    "\007country\0"
    "\010district\0"
    "\012postalCode\0"
    "\014AdverseEvent\0"
    "\005event\0"
    "\005study\0"
    "\007outcome\0"
    "\010category\0"
    "\010detected\0"
    "\010recorder\0"
    "\010severity\0"
    "\011actuality\0"
    "\011encounter\0"
    "\013contributor\0"
    "\013seriousness\0"
    "\014recordedDate\0"
    "\015suspectEntity\0"
    "\021referenceDocument\0"
    "\022resultingCondition\0"
    "\025subjectMedicalHistory\0"
    "\032AdverseEvent.suspectEntity\0"
    "\010instance\0"
    "\011causality\0"
    "\044AdverseEvent.suspectEntity.causality\0"
    "\006method\0"
    "\012assessment\0"
    "\022productRelatedness\0"
    "\003Age\0"
    "\004unit\0"
    "\005value\0"
    "\006system\0"
    "\012comparator\0"
    "\022AllergyIntolerance\0"
    "\004note\0"
    "\007patient\0"
    "\010asserter\0"
    "\010onsetAge\0"
    "\010reaction\0"
    "\012onsetRange\0"
    "\013criticality\0"
    "\013onsetPeriod\0"
    "\013onsetString\0"
    "\015onsetDateTime\0"
    "\016clinicalStatus\0"
    "\016lastOccurrence\0"
    "\022verificationStatus\0"
    "\033AllergyIntolerance.reaction\0"
    "\005onset\0"
    "\011substance\0"
    "\015exposureRoute\0"
    "\015manifestation\0"
    "\012Annotation\0"
    "\004time\0"
    "\014authorString\0"
    "\017authorReference\0"
    "\013Appointment\0"
    "\003end\0"
    "\004slot\0"
    "\005start\0"
    "\007basedOn\0"
    "\007comment\0"
    "\007created\0"
    "\011specialty\0"
    "\012reasonCode\0"
    "\013serviceType\0"
    "\017appointmentType\0"
    "\017minutesDuration\0"
    "\017reasonReference\0"
    "\017requestedPeriod\0"
    "\017serviceCategory\0"
    "\021cancelationReason\0"
    "\022patientInstruction\0"
    "\025supportingInformation\0"
    "\027Appointment.participant\0"
    "\005actor\0"
    "\010required\0"
    "\023AppointmentResponse\0"
    "\013appointment\0"
    "\017participantType\0"
    "\021participantStatus\0"
    "\012Attachment\0"
    "\004data\0"
    "\004hash\0"
    "\004size\0"
    "\010creation\0"
    "\013contentType\0"
    "\012AuditEvent\0"
    "\005agent\0"
    "\006action\0"
    "\006entity\0"
    "\006source\0"
    "\007subtype\0"
    "\010recorded\0"
    "\013outcomeDesc\0"
    "\016purposeOfEvent\0"
    "\020AuditEvent.agent\0"
    "\003who\0"
    "\005altId\0"
    "\005media\0"
    "\006policy\0"
    "\007network\0"
    "\011requestor\0"
    "\014purposeOfUse\0"
    "\030AuditEvent.agent.network\0"
    "\007address\0"
    "\021AuditEvent.entity\0"
    "\004what\0"
    "\005query\0"
    "\006detail\0"
    "\011lifecycle\0"
    "\015securityLabel\0"
    "\030AuditEvent.entity.detail\0"
    "\013valueString\0"
    "\021valueBase64Binary\0"
    "\021AuditEvent.source\0"
    "\004site\0"
    "\010observer\0"
    "\017BackboneElement\0"
    "\005Basic\0"
    "\006Binary\0"
    "\017securityContext\0"
    "\032BiologicallyDerivedProduct\0"
    "\006parent\0"
    "\007request\0"
    "\007storage\0"
    "\012collection\0"
    "\012processing\0"
    "\013productCode\0"
    "\014manipulation\0"
    "\017productCategory\0"
    "\045BiologicallyDerivedProduct.collection\0"
    "\011collector\0"
    "\017collectedPeriod\0"
    "\021collectedDateTime\0"
    "\047BiologicallyDerivedProduct.manipulation\0"
    "\012timePeriod\0"
    "\014timeDateTime\0"
    "\045BiologicallyDerivedProduct.processing\0"
    "\010additive\0"
    "\011procedure\0"
    "\042BiologicallyDerivedProduct.storage\0"
    "\005scale\0"
    "\010duration\0"
    "\013temperature\0"
    "\015BodyStructure\0"
    "\005image\0"
    "\006active\0"
    "\012morphology\0"
    "\021locationQualifier\0"
    "\006Bundle\0"
    "\004link\0"
    "\005entry\0"
    "\005total\0"
    "\011signature\0"
    "\011timestamp\0"
    "\014Bundle.entry\0"
    "\006search\0"
    "\007fullUrl\0"
    "\010resource\0"
    "\010response\0"
    "\024Bundle.entry.request\0"
    "\007ifMatch\0"
    "\013ifNoneExist\0"
    "\013ifNoneMatch\0"
    "\017ifModifiedSince\0"
    "\025Bundle.entry.response\0"
    "\004etag\0"
    "\014lastModified\0"
    "\023Bundle.entry.search\0"
    "\004mode\0"
    "\005score\0"
    "\013Bundle.link\0"
    "\010relation\0"
    "\023CapabilityStatement\0"
    "\004rest\0"
    "\006format\0"
    "\007imports\0"
    "\010document\0"
    "\010software\0"
    "\011messaging\0"
    "\013fhirVersion\0"
    "\013patchFormat\0"
    "\014instantiates\0"
    "\016implementation\0"
    "\023implementationGuide\0"
    "\034CapabilityStatement.document\0"
    "\015documentation\0"
    "\042CapabilityStatement.implementation\0"
    "\011custodian\0"
    "\035CapabilityStatement.messaging\0"
    "\010endpoint\0"
    "\015reliableCache\0"
    "\020supportedMessage\0"
    "\046CapabilityStatement.messaging.endpoint\0"
    "\010protocol\0"
    "\056CapabilityStatement.messaging.supportedMessage\0"
    "\012definition\0"
    "\030CapabilityStatement.rest\0"
    "\010security\0"
    "\011operation\0"
    "\013compartment\0"
    "\013interaction\0"
    "\013searchParam\0"
    "\044CapabilityStatement.rest.interaction\0"
    "\041CapabilityStatement.rest.resource\0"
    "\012versioning\0"
    "\013readHistory\0"
    "\014updateCreate\0"
    "\015searchInclude\0"
    "\017conditionalRead\0"
    "\017referencePolicy\0"
    "\020searchRevInclude\0"
    "\020supportedProfile\0"
    "\021conditionalCreate\0"
    "\021conditionalDelete\0"
    "\021conditionalUpdate\0"
    "\055CapabilityStatement.rest.resource.interaction\0"
    "\053CapabilityStatement.rest.resource.operation\0"
    "\055CapabilityStatement.rest.resource.searchParam\0"
    "\041CapabilityStatement.rest.security\0"
    "\004cors\0"
    "\007service\0"
    "\034CapabilityStatement.software\0"
    "\013releaseDate\0"
    "\010CarePlan\0"
    "\004goal\0"
    "\010activity\0"
    "\010careTeam\0"
    "\010replaces\0"
    "\011addresses\0"
    "\016supportingInfo\0"
    "\017instantiatesUri\0"
    "\025instantiatesCanonical\0"
    "\021CarePlan.activity\0"
    "\010progress\0"
    "\011reference\0"
    "\020outcomeReference\0"
    "\026outcomeCodeableConcept\0"
    "\030CarePlan.activity.detail\0"
    "\011performer\0"
    "\013dailyAmount\0"
    "\014statusReason\0"
    "\017scheduledPeriod\0"
    "\017scheduledString\0"
    "\017scheduledTiming\0"
    "\010CareTeam\0"
    "\007telecom\0"
    "\024managingOrganization\0"
    "\024CareTeam.participant\0"
    "\006member\0"
    "\012onBehalfOf\0"
    "\014CatalogEntry\0"
    "\007validTo\0"
    "\011orderable\0"
    "\013lastUpdated\0"
    "\014relatedEntry\0"
    "\016classification\0"
    "\016referencedItem\0"
    "\016validityPeriod\0"
    "\024additionalIdentifier\0"
    "\030additionalCharacteristic\0"
    "\030additionalClassification\0"
    "\031CatalogEntry.relatedEntry\0"
    "\004item\0"
    "\014relationtype\0"
    "\012ChargeItem\0"
    "\006reason\0"
    "\007account\0"
    "\007context\0"
    "\007enterer\0"
    "\010bodysite\0"
    "\012costCenter\0"
    "\013enteredDate\0"
    "\015definitionUri\0"
    "\015priceOverride\0"
    "\016factorOverride\0"
    "\016overrideReason\0"
    "\020occurrencePeriod\0"
    "\020occurrenceTiming\0"
    "\022occurrenceDateTime\0"
    "\023definitionCanonical\0"
    "\026performingOrganization\0"
    "\026requestingOrganization\0"
    "\024ChargeItem.performer\0"
    "\010function\0"
    "\024ChargeItemDefinition\0"
    "\015applicability\0"
    "\015propertyGroup\0"
    "\016derivedFromUri\0"
    "\042ChargeItemDefinition.applicability\0"
    "\042ChargeItemDefinition.propertyGroup\0"
    "\016priceComponent\0"
    "\061ChargeItemDefinition.propertyGroup.priceComponent\0"
    "\006amount\0"
    "\006factor\0"
    "\005Claim\0"
    "\005payee\0"
    "\007insurer\0"
    "\007related\0"
    "\007subType\0"
    "\010accident\0"
    "\010facility\0"
    "\010provider\0"
    "\010referral\0"
    "\011diagnosis\0"
    "\011insurance\0"
    "\014fundsReserve\0"
    "\014prescription\0"
    "\016billablePeriod\0"
    "\024originalPrescription\0"
    "\016Claim.accident\0"
    "\017locationAddress\0"
    "\021locationReference\0"
    "\016Claim.careTeam\0"
    "\010sequence\0"
    "\013responsible\0"
    "\015qualification\0"
    "\017Claim.diagnosis\0"
    "\013onAdmission\0"
    "\013packageCode\0"
    "\022diagnosisReference\0"
    "\030diagnosisCodeableConcept\0"
    "\017Claim.insurance\0"
    "\005focal\0"
    "\012preAuthRef\0"
    "\015claimResponse\0"
    "\023businessArrangement\0"
    "\012Claim.item\0"
    "\003net\0"
    "\003udi\0"
    "\007revenue\0"
    "\007subSite\0"
    "\010modifier\0"
    "\011unitPrice\0"
    "\013programCode\0"
    "\014servicedDate\0"
    "\016servicedPeriod\0"
    "\020careTeamSequence\0"
    "\020productOrService\0"
    "\021diagnosisSequence\0"
    "\021procedureSequence\0"
    "\023informationSequence\0"
    "\027locationCodeableConcept\0"
    "\021Claim.item.detail\0"
    "\011subDetail\0"
    "\033Claim.item.detail.subDetail\0"
    "\013Claim.payee\0"
    "\017Claim.procedure\0"
    "\022procedureReference\0"
    "\030procedureCodeableConcept\0"
    "\015Claim.related\0"
    "\005claim\0"
    "\014relationship\0"
    "\024Claim.supportingInfo\0"
    "\012timingDate\0"
    "\014valueBoolean\0"
    "\015valueQuantity\0"
    "\016valueReference\0"
    "\017valueAttachment\0"
    "\015ClaimResponse\0"
    "\004form\0"
    "\005error\0"
    "\007addItem\0"
    "\007payment\0"
    "\010formCode\0"
    "\011payeeType\0"
    "\013disposition\0"
    "\013processNote\0"
    "\014adjudication\0"
    "\015preAuthPeriod\0"
    "\024communicationRequest\0"
    "\025ClaimResponse.addItem\0"
    "\012noteNumber\0"
    "\014itemSequence\0"
    "\016detailSequence\0"
    "\021subdetailSequence\0"
    "\034ClaimResponse.addItem.detail\0"
    "\046ClaimResponse.addItem.detail.subDetail\0"
    "\023ClaimResponse.error\0"
    "\021subDetailSequence\0"
    "\027ClaimResponse.insurance\0"
    "\022ClaimResponse.item\0"
    "\037ClaimResponse.item.adjudication\0"
    "\031ClaimResponse.item.detail\0"
    "\043ClaimResponse.item.detail.subDetail\0"
    "\025ClaimResponse.payment\0"
    "\012adjustment\0"
    "\020adjustmentReason\0"
    "\031ClaimResponse.processNote\0"
    "\006number\0"
    "\023ClaimResponse.total\0"
    "\022ClinicalImpression\0"
    "\007finding\0"
    "\007problem\0"
    "\007summary\0"
    "\010assessor\0"
    "\010previous\0"
    "\015investigation\0"
    "\021effectiveDateTime\0"
    "\022prognosisReference\0"
    "\030prognosisCodeableConcept\0"
    "\032ClinicalImpression.finding\0"
    "\005basis\0"
    "\015itemReference\0"
    "\023itemCodeableConcept\0"
    "\040ClinicalImpression.investigation\0"
    "\012CodeSystem\0"
    "\005count\0"
    "\006filter\0"
    "\007concept\0"
    "\007content\0"
    "\010property\0"
    "\010valueSet\0"
    "\013supplements\0"
    "\015caseSensitive\0"
    "\015compositional\0"
    "\015versionNeeded\0"
    "\020hierarchyMeaning\0"
    "\022CodeSystem.concept\0"
    "\007display\0"
    "\013designation\0"
    "\036CodeSystem.concept.designation\0"
    "\033CodeSystem.concept.property\0"
    "\011valueCode\0"
    "\013valueCoding\0"
    "\014valueDecimal\0"
    "\014valueInteger\0"
    "\015valueDateTime\0"
    "\021CodeSystem.filter\0"
    "\010operator\0"
    "\023CodeSystem.property\0"
    "\003uri\0"
    "\017CodeableConcept\0"
    "\006coding\0"
    "\006Coding\0"
    "\014userSelected\0"
    "\015Communication\0"
    "\004sent\0"
    "\005about\0"
    "\006medium\0"
    "\006sender\0"
    "\007payload\0"
    "\010received\0"
    "\011recipient\0"
    "\014inResponseTo\0"
    "\025Communication.payload\0"
    "\015contentString\0"
    "\020contentReference\0"
    "\021contentAttachment\0"
    "\024CommunicationRequest\0"
    "\011requester\0"
    "\012authoredOn\0"
    "\017groupIdentifier\0"
    "\034CommunicationRequest.payload\0"
    "\025CompartmentDefinition\0"
    "\036CompartmentDefinition.resource\0"
    "\005param\0"
    "\013Composition\0"
    "\007section\0"
    "\010attester\0"
    "\011relatesTo\0"
    "\017confidentiality\0"
    "\024Composition.attester\0"
    "\021Composition.event\0"
    "\025Composition.relatesTo\0"
    "\017targetReference\0"
    "\020targetIdentifier\0"
    "\023Composition.section\0"
    "\005focus\0"
    "\011orderedBy\0"
    "\013emptyReason\0"
    "\012ConceptMap\0"
    "\005group\0"
    "\011sourceUri\0"
    "\011targetUri\0"
    "\017sourceCanonical\0"
    "\017targetCanonical\0"
    "\020ConceptMap.group\0"
    "\006target\0"
    "\007element\0"
    "\010unmapped\0"
    "\015sourceVersion\0"
    "\015targetVersion\0"
    "\030ConceptMap.group.element\0"
    "\037ConceptMap.group.element.target\0"
    "\007product\0"
    "\011dependsOn\0"
    "\013equivalence\0"
    "\051ConceptMap.group.element.target.dependsOn\0"
    "\031ConceptMap.group.unmapped\0"
    "\011Condition\0"
    "\005stage\0"
    "\010evidence\0"
    "\014abatementAge\0"
    "\016abatementRange\0"
    "\017abatementPeriod\0"
    "\017abatementString\0"
    "\021abatementDateTime\0"
    "\022Condition.evidence\0"
    "\017Condition.stage\0"
    "\007Consent\0"
    "\005scope\0"
    "\010dateTime\0"
    "\011provision\0"
    "\012policyRule\0"
    "\014organization\0"
    "\014verification\0"
    "\017sourceReference\0"
    "\020sourceAttachment\0"
    "\016Consent.policy\0"
    "\011authority\0"
    "\021Consent.provision\0"
    "\005class\0"
    "\012dataPeriod\0"
    "\027Consent.provision.actor\0"
    "\026Consent.provision.data\0"
    "\007meaning\0"
    "\024Consent.verification\0"
    "\010verified\0"
    "\014verifiedWith\0"
    "\020verificationDate\0"
    "\015ContactDetail\0"
    "\014ContactPoint\0"
    "\004rank\0"
    "\010Contract\0"
    "\004rule\0"
    "\004term\0"
    "\005alias\0"
    "\005legal\0"
    "\006domain\0"
    "\006issued\0"
    "\006signer\0"
    "\007applies\0"
    "\010friendly\0"
    "\012legalState\0"
    "\016expirationType\0"
    "\016topicReference\0"
    "\017relevantHistory\0"
    "\021contentDefinition\0"
    "\021contentDerivative\0"
    "\024topicCodeableConcept\0"
    "\027legallyBindingReference\0"
    "\030legallyBindingAttachment\0"
    "\032Contract.contentDefinition\0"
    "\017publicationDate\0"
    "\021publicationStatus\0"
    "\021Contract.friendly\0"
    "\016Contract.legal\0"
    "\015Contract.rule\0"
    "\017Contract.signer\0"
    "\015Contract.term\0"
    "\005asset\0"
    "\005offer\0"
    "\024Contract.term.action\0"
    "\006linkId\0"
    "\014reasonLinkId\0"
    "\015contextLinkId\0"
    "\015performerRole\0"
    "\015performerType\0"
    "\017performerLinkId\0"
    "\017requesterLinkId\0"
    "\023securityLabelNumber\0"
    "\034Contract.term.action.subject\0"
    "\023Contract.term.asset\0"
    "\006answer\0"
    "\011condition\0"
    "\011usePeriod\0"
    "\012periodType\0"
    "\012valuedItem\0"
    "\015typeReference\0"
    "\033Contract.term.asset.context\0"
    "\036Contract.term.asset.valuedItem\0"
    "\006points\0"
    "\013paymentDate\0"
    "\015effectiveTime\0"
    "\017entityReference\0"
    "\025entityCodeableConcept\0"
    "\023Contract.term.offer\0"
    "\010decision\0"
    "\014decisionMode\0"
    "\032Contract.term.offer.answer\0"
    "\010valueUri\0"
    "\011valueDate\0"
    "\011valueTime\0"
    "\031Contract.term.offer.party\0"
    "\033Contract.term.securityLabel\0"
    "\007control\0"
    "\013Contributor\0"
    "\005Count\0"
    "\010Coverage\0"
    "\005order\0"
    "\005payor\0"
    "\010contract\0"
    "\011dependent\0"
    "\012subscriber\0"
    "\013beneficiary\0"
    "\013subrogation\0"
    "\014policyHolder\0"
    "\014subscriberId\0"
    "\021costToBeneficiary\0"
    "\016Coverage.class\0"
    "\032Coverage.costToBeneficiary\0"
    "\011exception\0"
    "\012valueMoney\0"
    "\044Coverage.costToBeneficiary.exception\0"
    "\032CoverageEligibilityRequest\0"
    "\044CoverageEligibilityRequest.insurance\0"
    "\037CoverageEligibilityRequest.item\0"
    "\026supportingInfoSequence\0"
    "\051CoverageEligibilityRequest.item.diagnosis\0"
    "\051CoverageEligibilityRequest.supportingInfo\0"
    "\013information\0"
    "\014appliesToAll\0"
    "\033CoverageEligibilityResponse\0"
    "\041CoverageEligibilityResponse.error\0"
    "\045CoverageEligibilityResponse.insurance\0"
    "\007inforce\0"
    "\015benefitPeriod\0"
    "\052CoverageEligibilityResponse.insurance.item\0"
    "\007benefit\0"
    "\010excluded\0"
    "\020authorizationUrl\0"
    "\025authorizationRequired\0"
    "\027authorizationSupporting\0"
    "\062CoverageEligibilityResponse.insurance.item.benefit\0"
    "\011usedMoney\0"
    "\012usedString\0"
    "\014allowedMoney\0"
    "\015allowedString\0"
    "\017usedUnsignedInt\0"
    "\022allowedUnsignedInt\0"
    "\017DataRequirement\0"
    "\004sort\0"
    "\005limit\0"
    "\012codeFilter\0"
    "\012dateFilter\0"
    "\013mustSupport\0"
    "\032DataRequirement.codeFilter\0"
    "\032DataRequirement.dateFilter\0"
    "\013valuePeriod\0"
    "\015valueDuration\0"
    "\024DataRequirement.sort\0"
    "\011direction\0"
    "\015DetectedIssue\0"
    "\012implicated\0"
    "\012mitigation\0"
    "\020identifiedPeriod\0"
    "\022identifiedDateTime\0"
    "\026DetectedIssue.evidence\0"
    "\030DetectedIssue.mitigation\0"
    "\006Device\0"
    "\006safety\0"
    "\011lotNumber\0"
    "\012deviceName\0"
    "\012partNumber\0"
    "\012udiCarrier\0"
    "\013modelNumber\0"
    "\014manufacturer\0"
    "\014serialNumber\0"
    "\016expirationDate\0"
    "\016specialization\0"
    "\017manufactureDate\0"
    "\022distinctIdentifier\0"
    "\021Device.deviceName\0"
    "\017Device.property\0"
    "\025Device.specialization\0"
    "\012systemType\0"
    "\021Device.udiCarrier\0"
    "\006issuer\0"
    "\011entryType\0"
    "\012carrierHRF\0"
    "\013carrierAIDC\0"
    "\020deviceIdentifier\0"
    "\016Device.version\0"
    "\011component\0"
    "\020DeviceDefinition\0"
    "\010material\0"
    "\012capability\0"
    "\014languageCode\0"
    "\014parentDevice\0"
    "\020shelfLifeStorage\0"
    "\021onlineInformation\0"
    "\022manufacturerString\0"
    "\023udiDeviceIdentifier\0"
    "\025manufacturerReference\0"
    "\027physicalCharacteristics\0"
    "\033DeviceDefinition.capability\0"
    "\033DeviceDefinition.deviceName\0"
    "\031DeviceDefinition.material\0"
    "\011alternate\0"
    "\023allergenicIndicator\0"
    "\031DeviceDefinition.property\0"
    "\037DeviceDefinition.specialization\0"
    "\044DeviceDefinition.udiDeviceIdentifier\0"
    "\014DeviceMetric\0"
    "\005color\0"
    "\013calibration\0"
    "\021measurementPeriod\0"
    "\021operationalStatus\0"
    "\030DeviceMetric.calibration\0"
    "\015DeviceRequest\0"
    "\011parameter\0"
    "\014priorRequest\0"
    "\015codeReference\0"
    "\023codeCodeableConcept\0"
    "\027DeviceRequest.parameter\0"
    "\012valueRange\0"
    "\024valueCodeableConcept\0"
    "\022DeviceUseStatement\0"
    "\006device\0"
    "\012recordedOn\0"
    "\013derivedFrom\0"
    "\020DiagnosticReport\0"
    "\006result\0"
    "\010specimen\0"
    "\012conclusion\0"
    "\014imagingStudy\0"
    "\015presentedForm\0"
    "\016conclusionCode\0"
    "\022resultsInterpreter\0"
    "\026DiagnosticReport.media\0"
    "\010Distance\0"
    "\020DocumentManifest\0"
    "\020masterIdentifier\0"
    "\030DocumentManifest.related\0"
    "\003ref\0"
    "\021DocumentReference\0"
    "\011docStatus\0"
    "\015authenticator\0"
    "\031DocumentReference.content\0"
    "\012attachment\0"
    "\031DocumentReference.context\0"
    "\014facilityType\0"
    "\017practiceSetting\0"
    "\021sourcePatientInfo\0"
    "\033DocumentReference.relatesTo\0"
    "\016DomainResource\0"
    "\006Dosage\0"
    "\005route\0"
    "\006timing\0"
    "\013doseAndRate\0"
    "\017asNeededBoolean\0"
    "\020maxDosePerPeriod\0"
    "\022maxDosePerLifetime\0"
    "\025additionalInstruction\0"
    "\027asNeededCodeableConcept\0"
    "\030maxDosePerAdministration\0"
    "\022Dosage.doseAndRate\0"
    "\011doseRange\0"
    "\011rateRange\0"
    "\011rateRatio\0"
    "\014doseQuantity\0"
    "\014rateQuantity\0"
    "\010Duration\0"
    "\027EffectEvidenceSynthesis\0"
    "\010exposure\0"
    "\011certainty\0"
    "\011studyType\0"
    "\012population\0"
    "\012sampleSize\0"
    "\015synthesisType\0"
    "\016effectEstimate\0"
    "\021resultsByExposure\0"
    "\023exposureAlternative\0"
    "\041EffectEvidenceSynthesis.certainty\0"
    "\006rating\0"
    "\025certaintySubcomponent\0"
    "\067EffectEvidenceSynthesis.certainty.certaintySubcomponent\0"
    "\046EffectEvidenceSynthesis.effectEstimate\0"
    "\014variantState\0"
    "\015unitOfMeasure\0"
    "\021precisionEstimate\0"
    "\070EffectEvidenceSynthesis.effectEstimate.precisionEstimate\0"
    "\002to\0"
    "\004from\0"
    "\005level\0"
    "\051EffectEvidenceSynthesis.resultsByExposure\0"
    "\015exposureState\0"
    "\025riskEvidenceSynthesis\0"
    "\042EffectEvidenceSynthesis.sampleSize\0"
    "\017numberOfStudies\0"
    "\024numberOfParticipants\0"
    "\007Element\0"
    "\021ElementDefinition\0"
    "\003max\0"
    "\003min\0"
    "\004base\0"
    "\005label\0"
    "\005short\0"
    "\007binding\0"
    "\007example\0"
    "\007fixedId\0"
    "\007mapping\0"
    "\007slicing\0"
    "\010fixedAge\0"
    "\010fixedOid\0"
    "\010fixedUri\0"
    "\010fixedUrl\0"
    "\011fixedCode\0"
    "\011fixedDate\0"
    "\011fixedMeta\0"
    "\011fixedTime\0"
    "\011fixedUuid\0"
    "\011isSummary\0"
    "\011maxLength\0"
    "\011patternId\0"
    "\011sliceName\0"
    "\012constraint\0"
    "\012fixedCount\0"
    "\012fixedMoney\0"
    "\012fixedRange\0"
    "\012fixedRatio\0"
    "\012isModifier\0"
    "\012patternAge\0"
    "\012patternOid\0"
    "\012patternUri\0"
    "\012patternUrl\0"
    "\013fixedCoding\0"
    "\013fixedDosage\0"
    "\013fixedPeriod\0"
    "\013fixedString\0"
    "\013fixedTiming\0"
    "\013patternCode\0"
    "\013patternDate\0"
    "\013patternMeta\0"
    "\013patternTime\0"
    "\013patternUuid\0"
    "\014fixedAddress\0"
    "\014fixedBoolean\0"
    "\014fixedDecimal\0"
    "\014fixedInstant\0"
    "\014fixedInteger\0"
    "\014maxValueDate\0"
    "\014maxValueTime\0"
    "\014minValueDate\0"
    "\014minValueTime\0"
    "\014orderMeaning\0"
    "\014patternCount\0"
    "\014patternMoney\0"
    "\014patternRange\0"
    "\014patternRatio\0"
    "\014requirements\0"
    "\015fixedDateTime\0"
    "\015fixedDistance\0"
    "\015fixedDuration\0"
    "\015fixedMarkdown\0"
    "\015fixedQuantity\0"
    "\015patternCoding\0"
    "\015patternDosage\0"
    "\015patternPeriod\0"
    "\015patternString\0"
    "\015patternTiming\0"
    "\016defaultValueId\0"
    "\016fixedCanonical\0"
    "\016fixedHumanName\0"
    "\016fixedReference\0"
    "\016fixedSignature\0"
    "\016patternAddress\0"
    "\016patternBoolean\0"
    "\016patternDecimal\0"
    "\016patternInstant\0"
    "\016patternInteger\0"
    "\016representation\0"
    "\017defaultValueAge\0"
    "\017defaultValueOid\0"
    "\017defaultValueUri\0"
    "\017defaultValueUrl\0"
    "\017fixedAnnotation\0"
    "\017fixedAttachment\0"
    "\017fixedExpression\0"
    "\017fixedIdentifier\0"
    "\017maxValueDecimal\0"
    "\017maxValueInstant\0"
    "\017maxValueInteger\0"
    "\017minValueDecimal\0"
    "\017minValueInstant\0"
    "\017minValueInteger\0"
    "\017patternDateTime\0"
    "\017patternDistance\0"
    "\017patternDuration\0"
    "\017patternMarkdown\0"
    "\017patternQuantity\0"
    "\020defaultValueCode\0"
    "\020defaultValueDate\0"
    "\020defaultValueMeta\0"
    "\020defaultValueTime\0"
    "\020defaultValueUuid\0"
    "\020fixedContributor\0"
    "\020fixedPositiveInt\0"
    "\020fixedSampledData\0"
    "\020fixedUnsignedInt\0"
    "\020isModifierReason\0"
    "\020maxValueDateTime\0"
    "\020maxValueQuantity\0"
    "\020minValueDateTime\0"
    "\020minValueQuantity\0"
    "\020patternCanonical\0"
    "\020patternHumanName\0"
    "\020patternReference\0"
    "\020patternSignature\0"
    "\021defaultValueCount\0"
    "\021defaultValueMoney\0"
    "\021defaultValueRange\0"
    "\021defaultValueRatio\0"
    "\021fixedBase64Binary\0"
    "\021fixedContactPoint\0"
    "\021fixedUsageContext\0"
    "\021patternAnnotation\0"
    "\021patternAttachment\0"
    "\021patternExpression\0"
    "\021patternIdentifier\0"
    "\022defaultValueCoding\0"
    "\022defaultValueDosage\0"
    "\022defaultValuePeriod\0"
    "\022defaultValueString\0"
    "\022defaultValueTiming\0"
    "\022fixedContactDetail\0"
    "\022meaningWhenMissing\0"
    "\022patternContributor\0"
    "\022patternPositiveInt\0"
    "\022patternSampledData\0"
    "\022patternUnsignedInt\0"
    "\023defaultValueAddress\0"
    "\023defaultValueBoolean\0"
    "\023defaultValueDecimal\0"
    "\023defaultValueInstant\0"
    "\023defaultValueInteger\0"
    "\023maxValuePositiveInt\0"
    "\023maxValueUnsignedInt\0"
    "\023minValuePositiveInt\0"
    "\023minValueUnsignedInt\0"
    "\023patternBase64Binary\0"
    "\023patternContactPoint\0"
    "\023patternUsageContext\0"
    "\023sliceIsConstraining\0"
    "\024defaultValueDateTime\0"
    "\024defaultValueDistance\0"
    "\024defaultValueDuration\0"
    "\024defaultValueMarkdown\0"
    "\024defaultValueQuantity\0"
    "\024fixedCodeableConcept\0"
    "\024fixedDataRequirement\0"
    "\024fixedRelatedArtifact\0"
    "\024patternContactDetail\0"
    "\025defaultValueCanonical\0"
    "\025defaultValueHumanName\0"
    "\025defaultValueReference\0"
    "\025defaultValueSignature\0"
    "\026defaultValueAnnotation\0"
    "\026defaultValueAttachment\0"
    "\026defaultValueExpression\0"
    "\026defaultValueIdentifier\0"
    "\026fixedTriggerDefinition\0"
    "\026patternCodeableConcept\0"
    "\026patternDataRequirement\0"
    "\026patternRelatedArtifact\0"
    "\027defaultValueContributor\0"
    "\027defaultValuePositiveInt\0"
    "\027defaultValueSampledData\0"
    "\027defaultValueUnsignedInt\0"
    "\030defaultValueBase64Binary\0"
    "\030defaultValueContactPoint\0"
    "\030defaultValueUsageContext\0"
    "\030fixedParameterDefinition\0"
    "\030patternTriggerDefinition\0"
    "\031defaultValueContactDetail\0"
    "\032patternParameterDefinition\0"
    "\033defaultValueCodeableConcept\0"
    "\033defaultValueDataRequirement\0"
    "\033defaultValueRelatedArtifact\0"
    "\035defaultValueTriggerDefinition\0"
    "\037defaultValueParameterDefinition\0"
    "\026ElementDefinition.base\0"
    "\031ElementDefinition.binding\0"
    "\010strength\0"
    "\034ElementDefinition.constraint\0"
    "\003key\0"
    "\005human\0"
    "\005xpath\0"
    "\031ElementDefinition.example\0"
    "\007valueId\0"
    "\010valueAge\0"
    "\010valueOid\0"
    "\010valueUrl\0"
    "\011valueMeta\0"
    "\011valueUuid\0"
    "\012valueCount\0"
    "\012valueRatio\0"
    "\013valueDosage\0"
    "\013valueTiming\0"
    "\014valueAddress\0"
    "\014valueInstant\0"
    "\015valueDistance\0"
    "\015valueMarkdown\0"
    "\016valueCanonical\0"
    "\016valueHumanName\0"
    "\016valueSignature\0"
    "\017valueAnnotation\0"
    "\017valueExpression\0"
    "\017valueIdentifier\0"
    "\020valueContributor\0"
    "\020valuePositiveInt\0"
    "\020valueSampledData\0"
    "\020valueUnsignedInt\0"
    "\021valueContactPoint\0"
    "\021valueUsageContext\0"
    "\022valueContactDetail\0"
    "\024valueDataRequirement\0"
    "\024valueRelatedArtifact\0"
    "\026valueTriggerDefinition\0"
    "\030valueParameterDefinition\0"
    "\031ElementDefinition.mapping\0"
    "\003map\0"
    "\010identity\0"
    "\031ElementDefinition.slicing\0"
    "\005rules\0"
    "\007ordered\0"
    "\015discriminator\0"
    "\047ElementDefinition.slicing.discriminator\0"
    "\026ElementDefinition.type\0"
    "\013aggregation\0"
    "\015targetProfile\0"
    "\011Encounter\0"
    "\006length\0"
    "\014classHistory\0"
    "\015episodeOfCare\0"
    "\015statusHistory\0"
    "\017hospitalization\0"
    "\017serviceProvider\0"
    "\026Encounter.classHistory\0"
    "\023Encounter.diagnosis\0"
    "\031Encounter.hospitalization\0"
    "\006origin\0"
    "\013admitSource\0"
    "\013destination\0"
    "\013reAdmission\0"
    "\016dietPreference\0"
    "\017specialCourtesy\0"
    "\022specialArrangement\0"
    "\024dischargeDisposition\0"
    "\026preAdmissionIdentifier\0"
    "\022Encounter.location\0"
    "\014physicalType\0"
    "\025Encounter.participant\0"
    "\012individual\0"
    "\027Encounter.statusHistory\0"
    "\010Endpoint\0"
    "\006header\0"
    "\013payloadType\0"
    "\016connectionType\0"
    "\017payloadMimeType\0"
    "\021EnrollmentRequest\0"
    "\011candidate\0"
    "\022EnrollmentResponse\0"
    "\017requestProvider\0"
    "\015EpisodeOfCare\0"
    "\004team\0"
    "\013careManager\0"
    "\017referralRequest\0"
    "\027EpisodeOfCare.diagnosis\0"
    "\033EpisodeOfCare.statusHistory\0"
    "\017EventDefinition\0"
    "\007trigger\0"
    "\010Evidence\0"
    "\012shortTitle\0"
    "\017exposureVariant\0"
    "\022exposureBackground\0"
    "\020EvidenceVariable\0"
    "\016characteristic\0"
    "\037EvidenceVariable.characteristic\0"
    "\007exclude\0"
    "\014groupMeasure\0"
    "\014usageContext\0"
    "\015timeFromStart\0"
    "\023definitionReference\0"
    "\024definitionExpression\0"
    "\031definitionCodeableConcept\0"
    "\031definitionDataRequirement\0"
    "\032participantEffectivePeriod\0"
    "\032participantEffectiveTiming\0"
    "\033definitionTriggerDefinition\0"
    "\034participantEffectiveDateTime\0"
    "\034participantEffectiveDuration\0"
    "\017ExampleScenario\0"
    "\007process\0"
    "\010workflow\0"
    "\025ExampleScenario.actor\0"
    "\007actorId\0"
    "\030ExampleScenario.instance\0"
    "\012resourceId\0"
    "\014resourceType\0"
    "\021containedInstance\0"
    "\052ExampleScenario.instance.containedInstance\0"
    "\011versionId\0"
    "\040ExampleScenario.instance.version\0"
    "\027ExampleScenario.process\0"
    "\004step\0"
    "\015preConditions\0"
    "\016postConditions\0"
    "\034ExampleScenario.process.step\0"
    "\005pause\0"
    "\013alternative\0"
    "\050ExampleScenario.process.step.alternative\0"
    "\046ExampleScenario.process.step.operation\0"
    "\010receiver\0"
    "\011initiator\0"
    "\016receiverActive\0"
    "\017initiatorActive\0"
    "\024ExplanationOfBenefit\0"
    "\012precedence\0"
    "\016benefitBalance\0"
    "\020preAuthRefPeriod\0"
    "\025fundsReserveRequested\0"
    "\035ExplanationOfBenefit.accident\0"
    "\034ExplanationOfBenefit.addItem\0"
    "\043ExplanationOfBenefit.addItem.detail\0"
    "\055ExplanationOfBenefit.addItem.detail.subDetail\0"
    "\043ExplanationOfBenefit.benefitBalance\0"
    "\011financial\0"
    "\055ExplanationOfBenefit.benefitBalance.financial\0"
    "\035ExplanationOfBenefit.careTeam\0"
    "\036ExplanationOfBenefit.diagnosis\0"
    "\036ExplanationOfBenefit.insurance\0"
    "\031ExplanationOfBenefit.item\0"
    "\046ExplanationOfBenefit.item.adjudication\0"
    "\040ExplanationOfBenefit.item.detail\0"
    "\052ExplanationOfBenefit.item.detail.subDetail\0"
    "\032ExplanationOfBenefit.payee\0"
    "\034ExplanationOfBenefit.payment\0"
    "\036ExplanationOfBenefit.procedure\0"
    "\040ExplanationOfBenefit.processNote\0"
    "\034ExplanationOfBenefit.related\0"
    "\043ExplanationOfBenefit.supportingInfo\0"
    "\032ExplanationOfBenefit.total\0"
    "\012Expression\0"
    "\011Extension\0"
    "\023FamilyMemberHistory\0"
    "\003sex\0"
    "\006ageAge\0"
    "\010ageRange\0"
    "\010bornDate\0"
    "\011ageString\0"
    "\012bornPeriod\0"
    "\012bornString\0"
    "\013deceasedAge\0"
    "\014deceasedDate\0"
    "\014estimatedAge\0"
    "\015deceasedRange\0"
    "\016deceasedString\0"
    "\017deceasedBoolean\0"
    "\020dataAbsentReason\0"
    "\035FamilyMemberHistory.condition\0"
    "\022contributedToDeath\0"
    "\004Flag\0"
    "\004Goal\0"
    "\011startDate\0"
    "\012statusDate\0"
    "\013expressedBy\0"
    "\013outcomeCode\0"
    "\017lifecycleStatus\0"
    "\021achievementStatus\0"
    "\024startCodeableConcept\0"
    "\013Goal.target\0"
    "\007dueDate\0"
    "\007measure\0"
    "\013detailRange\0"
    "\013detailRatio\0"
    "\013dueDuration\0"
    "\014detailString\0"
    "\015detailBoolean\0"
    "\015detailInteger\0"
    "\016detailQuantity\0"
    "\025detailCodeableConcept\0"
    "\017GraphDefinition\0"
    "\024GraphDefinition.link\0"
    "\033GraphDefinition.link.target\0"
    "\006params\0"
    "\047GraphDefinition.link.target.compartment\0"
    "\005Group\0"
    "\006actual\0"
    "\016managingEntity\0"
    "\024Group.characteristic\0"
    "\014Group.member\0"
    "\010inactive\0"
    "\020GuidanceResponse\0"
    "\011moduleUri\0"
    "\017dataRequirement\0"
    "\017moduleCanonical\0"
    "\020outputParameters\0"
    "\021evaluationMessage\0"
    "\021requestIdentifier\0"
    "\025moduleCodeableConcept\0"
    "\021HealthcareService\0"
    "\005photo\0"
    "\007program\0"
    "\012providedBy\0"
    "\013eligibility\0"
    "\014coverageArea\0"
    "\014extraDetails\0"
    "\014notAvailable\0"
    "\015availableTime\0"
    "\015communication\0"
    "\016referralMethod\0"
    "\023appointmentRequired\0"
    "\024serviceProvisionCode\0"
    "\026availabilityExceptions\0"
    "\037HealthcareService.availableTime\0"
    "\006allDay\0"
    "\012daysOfWeek\0"
    "\020availableEndTime\0"
    "\022availableStartTime\0"
    "\035HealthcareService.eligibility\0"
    "\036HealthcareService.notAvailable\0"
    "\006during\0"
    "\011HumanName\0"
    "\005given\0"
    "\006family\0"
    "\006prefix\0"
    "\006suffix\0"
    "\012Identifier\0"
    "\010assigner\0"
    "\014ImagingStudy\0"
    "\006series\0"
    "\007started\0"
    "\010modality\0"
    "\010referrer\0"
    "\013interpreter\0"
    "\015procedureCode\0"
    "\016numberOfSeries\0"
    "\021numberOfInstances\0"
    "\023ImagingStudy.series\0"
    "\003uid\0"
    "\012laterality\0"
    "\034ImagingStudy.series.instance\0"
    "\010sopClass\0"
    "\035ImagingStudy.series.performer\0"
    "\014Immunization\0"
    "\011education\0"
    "\013isSubpotent\0"
    "\013vaccineCode\0"
    "\014reportOrigin\0"
    "\015fundingSource\0"
    "\015primarySource\0"
    "\017protocolApplied\0"
    "\017subpotentReason\0"
    "\020occurrenceString\0"
    "\022programEligibility\0"
    "\026Immunization.education\0"
    "\014documentType\0"
    "\020presentationDate\0"
    "\026Immunization.performer\0"
    "\034Immunization.protocolApplied\0"
    "\015targetDisease\0"
    "\020doseNumberString\0"
    "\021seriesDosesString\0"
    "\025doseNumberPositiveInt\0"
    "\026seriesDosesPositiveInt\0"
    "\025Immunization.reaction\0"
    "\010reported\0"
    "\026ImmunizationEvaluation\0"
    "\012doseStatus\0"
    "\020doseStatusReason\0"
    "\021immunizationEvent\0"
    "\032ImmunizationRecommendation\0"
    "\016recommendation\0"
    "\051ImmunizationRecommendation.recommendation\0"
    "\015dateCriterion\0"
    "\016forecastReason\0"
    "\016forecastStatus\0"
    "\026supportingImmunization\0"
    "\032contraindicatedVaccineCode\0"
    "\034supportingPatientInformation\0"
    "\067ImmunizationRecommendation.recommendation.dateCriterion\0"
    "\023ImplementationGuide\0"
    "\006global\0"
    "\007license\0"
    "\010manifest\0"
    "\011packageId\0"
    "\036ImplementationGuide.definition\0"
    "\004page\0"
    "\010grouping\0"
    "\010template\0"
    "\047ImplementationGuide.definition.grouping\0"
    "\043ImplementationGuide.definition.page\0"
    "\007nameUrl\0"
    "\012generation\0"
    "\015nameReference\0"
    "\050ImplementationGuide.definition.parameter\0"
    "\047ImplementationGuide.definition.resource\0"
    "\012groupingId\0"
    "\016exampleBoolean\0"
    "\020exampleCanonical\0"
    "\047ImplementationGuide.definition.template\0"
    "\035ImplementationGuide.dependsOn\0"
    "\032ImplementationGuide.global\0"
    "\034ImplementationGuide.manifest\0"
    "\005other\0"
    "\011rendering\0"
    "\041ImplementationGuide.manifest.page\0"
    "\006anchor\0"
    "\045ImplementationGuide.manifest.resource\0"
    "\014relativePath\0"
    "\015InsurancePlan\0"
    "\004plan\0"
    "\007ownedBy\0"
    "\016administeredBy\0"
    "\025InsurancePlan.contact\0"
    "\026InsurancePlan.coverage\0"
    "\036InsurancePlan.coverage.benefit\0"
    "\013requirement\0"
    "\044InsurancePlan.coverage.benefit.limit\0"
    "\022InsurancePlan.plan\0"
    "\013generalCost\0"
    "\014specificCost\0"
    "\036InsurancePlan.plan.generalCost\0"
    "\004cost\0"
    "\011groupSize\0"
    "\037InsurancePlan.plan.specificCost\0"
    "\047InsurancePlan.plan.specificCost.benefit\0"
    "\054InsurancePlan.plan.specificCost.benefit.cost\0"
    "\012qualifiers\0"
    "\007Invoice\0"
    "\010lineItem\0"
    "\010totalNet\0"
    "\012totalGross\0"
    "\014paymentTerms\0"
    "\017cancelledReason\0"
    "\023totalPriceComponent\0"
    "\020Invoice.lineItem\0"
    "\023chargeItemReference\0"
    "\031chargeItemCodeableConcept\0"
    "\037Invoice.lineItem.priceComponent\0"
    "\023Invoice.participant\0"
    "\007Library\0"
    "\007Linkage\0"
    "\014Linkage.item\0"
    "\004List\0"
    "\012List.entry\0"
    "\004flag\0"
    "\007deleted\0"
    "\010Location\0"
    "\010position\0"
    "\020hoursOfOperation\0"
    "\031Location.hoursOfOperation\0"
    "\013closingTime\0"
    "\013openingTime\0"
    "\021Location.position\0"
    "\010altitude\0"
    "\010latitude\0"
    "\011longitude\0"
    "\017MarketingStatus\0"
    "\011dateRange\0"
    "\013restoreDate\0"
    "\007Measure\0"
    "\007scoring\0"
    "\010guidance\0"
    "\011rationale\0"
    "\012disclaimer\0"
    "\016riskAdjustment\0"
    "\017rateAggregation\0"
    "\020compositeScoring\0"
    "\020supplementalData\0"
    "\023improvementNotation\0"
    "\037clinicalRecommendationStatement\0"
    "\015Measure.group\0"
    "\012stratifier\0"
    "\030Measure.group.population\0"
    "\010criteria\0"
    "\030Measure.group.stratifier\0"
    "\042Measure.group.stratifier.component\0"
    "\030Measure.supplementalData\0"
    "\015MeasureReport\0"
    "\010reporter\0"
    "\021evaluatedResource\0"
    "\023MeasureReport.group\0"
    "\014measureScore\0"
    "\036MeasureReport.group.population\0"
    "\016subjectResults\0"
    "\036MeasureReport.group.stratifier\0"
    "\007stratum\0"
    "\046MeasureReport.group.stratifier.stratum\0"
    "\060MeasureReport.group.stratifier.stratum.component\0"
    "\061MeasureReport.group.stratifier.stratum.population\0"
    "\005Media\0"
    "\004view\0"
    "\005width\0"
    "\006frames\0"
    "\006height\0"
    "\015createdPeriod\0"
    "\017createdDateTime\0"
    "\012Medication\0"
    "\005batch\0"
    "\012ingredient\0"
    "\020Medication.batch\0"
    "\025Medication.ingredient\0"
    "\010isActive\0"
    "\030MedicationAdministration\0"
    "\014eventHistory\0"
    "\023medicationReference\0"
    "\031medicationCodeableConcept\0"
    "\037MedicationAdministration.dosage\0"
    "\004dose\0"
    "\042MedicationAdministration.performer\0"
    "\022MedicationDispense\0"
    "\012daysSupply\0"
    "\014substitution\0"
    "\014whenPrepared\0"
    "\015detectedIssue\0"
    "\016whenHandedOver\0"
    "\021dosageInstruction\0"
    "\025statusReasonReference\0"
    "\027authorizingPrescription\0"
    "\033statusReasonCodeableConcept\0"
    "\034MedicationDispense.performer\0"
    "\037MedicationDispense.substitution\0"
    "\016wasSubstituted\0"
    "\020responsibleParty\0"
    "\023MedicationKnowledge\0"
    "\007synonym\0"
    "\010doseForm\0"
    "\010kinetics\0"
    "\011monograph\0"
    "\011packaging\0"
    "\012regulatory\0"
    "\013productType\0"
    "\015intendedRoute\0"
    "\020contraindication\0"
    "\021monitoringProgram\0"
    "\022drugCharacteristic\0"
    "\024associatedMedication\0"
    "\026medicineClassification\0"
    "\026preparationInstruction\0"
    "\030administrationGuidelines\0"
    "\032relatedMedicationKnowledge\0"
    "\054MedicationKnowledge.administrationGuidelines\0"
    "\023indicationReference\0"
    "\026patientCharacteristics\0"
    "\031indicationCodeableConcept\0"
    "\063MedicationKnowledge.administrationGuidelines.dosage\0"
    "\103MedicationKnowledge.administrationGuidelines.patientCharacteristics\0"
    "\026characteristicQuantity\0"
    "\035characteristicCodeableConcept\0"
    "\030MedicationKnowledge.cost\0"
    "\046MedicationKnowledge.drugCharacteristic\0"
    "\036MedicationKnowledge.ingredient\0"
    "\034MedicationKnowledge.kinetics\0"
    "\014lethalDose50\0"
    "\016areaUnderCurve\0"
    "\016halfLifePeriod\0"
    "\052MedicationKnowledge.medicineClassification\0"
    "\045MedicationKnowledge.monitoringProgram\0"
    "\035MedicationKnowledge.monograph\0"
    "\035MedicationKnowledge.packaging\0"
    "\036MedicationKnowledge.regulatory\0"
    "\010schedule\0"
    "\013maxDispense\0"
    "\023regulatoryAuthority\0"
    "\052MedicationKnowledge.regulatory.maxDispense\0"
    "\047MedicationKnowledge.regulatory.schedule\0"
    "\053MedicationKnowledge.regulatory.substitution\0"
    "\007allowed\0"
    "\056MedicationKnowledge.relatedMedicationKnowledge\0"
    "\021MedicationRequest\0"
    "\017dispenseRequest\0"
    "\017reportedBoolean\0"
    "\021priorPrescription\0"
    "\021reportedReference\0"
    "\023courseOfTherapyType\0"
    "\041MedicationRequest.dispenseRequest\0"
    "\013initialFill\0"
    "\020dispenseInterval\0"
    "\026expectedSupplyDuration\0"
    "\026numberOfRepeatsAllowed\0"
    "\055MedicationRequest.dispenseRequest.initialFill\0"
    "\036MedicationRequest.substitution\0"
    "\016allowedBoolean\0"
    "\026allowedCodeableConcept\0"
    "\023MedicationStatement\0"
    "\014dateAsserted\0"
    "\021informationSource\0"
    "\020MedicinalProduct\0"
    "\012masterFile\0"
    "\015clinicalTrial\0"
    "\016crossReference\0"
    "\017marketingStatus\0"
    "\017specialMeasures\0"
    "\020attachedDocument\0"
    "\022specialDesignation\0"
    "\023legalStatusOfSupply\0"
    "\025pharmaceuticalProduct\0"
    "\025productClassification\0"
    "\026paediatricUseIndicator\0"
    "\030packagedMedicinalProduct\0"
    "\035additionalMonitoringIndicator\0"
    "\036combinedPharmaceuticalDoseForm\0"
    "\036manufacturingBusinessOperation\0"
    "\057MedicinalProduct.manufacturingBusinessOperation\0"
    "\011regulator\0"
    "\015effectiveDate\0"
    "\015operationType\0"
    "\030confidentialityIndicator\0"
    "\034authorisationReferenceNumber\0"
    "\025MedicinalProduct.name\0"
    "\010namePart\0"
    "\013productName\0"
    "\017countryLanguage\0"
    "\045MedicinalProduct.name.countryLanguage\0"
    "\036MedicinalProduct.name.namePart\0"
    "\004part\0"
    "\043MedicinalProduct.specialDesignation\0"
    "\007species\0"
    "\013intendedUse\0"
    "\035MedicinalProductAuthorization\0"
    "\006holder\0"
    "\012legalBasis\0"
    "\025dataExclusivityPeriod\0"
    "\026internationalBirthDate\0"
    "\030dateOfFirstAuthorization\0"
    "\033jurisdictionalAuthorization\0"
    "\071MedicinalProductAuthorization.jurisdictionalAuthorization\0"
    "\047MedicinalProductAuthorization.procedure\0"
    "\012datePeriod\0"
    "\013application\0"
    "\014dateDateTime\0"
    "\040MedicinalProductContraindication\0"
    "\007disease\0"
    "\013comorbidity\0"
    "\014otherTherapy\0"
    "\015diseaseStatus\0"
    "\025therapeuticIndication\0"
    "\055MedicinalProductContraindication.otherTherapy\0"
    "\027therapyRelationshipType\0"
    "\032MedicinalProductIndication\0"
    "\016intendedEffect\0"
    "\021undesirableEffect\0"
    "\027diseaseSymptomProcedure\0"
    "\047MedicinalProductIndication.otherTherapy\0"
    "\032MedicinalProductIngredient\0"
    "\022specifiedSubstance\0"
    "\055MedicinalProductIngredient.specifiedSubstance\0"
    "\066MedicinalProductIngredient.specifiedSubstance.strength\0"
    "\014presentation\0"
    "\015concentration\0"
    "\020measurementPoint\0"
    "\021referenceStrength\0"
    "\024presentationLowLimit\0"
    "\025concentrationLowLimit\0"
    "\110MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength\0"
    "\020strengthLowLimit\0"
    "\044MedicinalProductIngredient.substance\0"
    "\033MedicinalProductInteraction\0"
    "\006effect\0"
    "\011incidence\0"
    "\012management\0"
    "\013interactant\0"
    "\047MedicinalProductInteraction.interactant\0"
    "\034MedicinalProductManufactured\0"
    "\022unitOfPresentation\0"
    "\024manufacturedDoseForm\0"
    "\024otherCharacteristics\0"
    "\030MedicinalProductPackaged\0"
    "\013packageItem\0"
    "\017batchIdentifier\0"
    "\026marketingAuthorization\0"
    "\050MedicinalProductPackaged.batchIdentifier\0"
    "\016outerPackaging\0"
    "\022immediatePackaging\0"
    "\044MedicinalProductPackaged.packageItem\0"
    "\020manufacturedItem\0"
    "\021alternateMaterial\0"
    "\036MedicinalProductPharmaceutical\0"
    "\017characteristics\0"
    "\025administrableDoseForm\0"
    "\025routeOfAdministration\0"
    "\056MedicinalProductPharmaceutical.characteristics\0"
    "\064MedicinalProductPharmaceutical.routeOfAdministration\0"
    "\011firstDose\0"
    "\015maxDosePerDay\0"
    "\015maxSingleDose\0"
    "\015targetSpecies\0"
    "\022maxTreatmentPeriod\0"
    "\031maxDosePerTreatmentPeriod\0"
    "\102MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies\0"
    "\020withdrawalPeriod\0"
    "\123MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies.withdrawalPeriod\0"
    "\006tissue\0"
    "\041MedicinalProductUndesirableEffect\0"
    "\025frequencyOfOccurrence\0"
    "\026symptomConditionEffect\0"
    "\021MessageDefinition\0"
    "\005graph\0"
    "\010eventUri\0"
    "\013eventCoding\0"
    "\017allowedResponse\0"
    "\020responseRequired\0"
    "\041MessageDefinition.allowedResponse\0"
    "\007message\0"
    "\011situation\0"
    "\027MessageDefinition.focus\0"
    "\015MessageHeader\0"
    "\031MessageHeader.destination\0"
    "\026MessageHeader.response\0"
    "\007details\0"
    "\024MessageHeader.source\0"
    "\004Meta\0"
    "\003tag\0"
    "\021MolecularSequence\0"
    "\007pointer\0"
    "\007quality\0"
    "\007variant\0"
    "\012repository\0"
    "\013observedSeq\0"
    "\014readCoverage\0"
    "\014referenceSeq\0"
    "\020coordinateSystem\0"
    "\020structureVariant\0"
    "\031MolecularSequence.quality\0"
    "\003roc\0"
    "\004gtFP\0"
    "\006fScore\0"
    "\006recall\0"
    "\007queryFP\0"
    "\007queryTP\0"
    "\007truthFN\0"
    "\007truthTP\0"
    "\011precision\0"
    "\020standardSequence\0"
    "\035MolecularSequence.quality.roc\0"
    "\005numFN\0"
    "\005numFP\0"
    "\005numTP\0"
    "\010fMeasure\0"
    "\013sensitivity\0"
    "\036MolecularSequence.referenceSeq\0"
    "\006strand\0"
    "\011windowEnd\0"
    "\012chromosome\0"
    "\013genomeBuild\0"
    "\013orientation\0"
    "\013windowStart\0"
    "\016referenceSeqId\0"
    "\022referenceSeqString\0"
    "\023referenceSeqPointer\0"
    "\034MolecularSequence.repository\0"
    "\011datasetId\0"
    "\011readsetId\0"
    "\014variantsetId\0"
    "\042MolecularSequence.structureVariant\0"
    "\005exact\0"
    "\005inner\0"
    "\005outer\0"
    "\013variantType\0"
    "\050MolecularSequence.structureVariant.inner\0"
    "\050MolecularSequence.structureVariant.outer\0"
    "\031MolecularSequence.variant\0"
    "\005cigar\0"
    "\016observedAllele\0"
    "\016variantPointer\0"
    "\017referenceAllele\0"
    "\005Money\0"
    "\010currency\0"
    "\014NamingSystem\0"
    "\010uniqueId\0"
    "\025NamingSystem.uniqueId\0"
    "\011preferred\0"
    "\011Narrative\0"
    "\003div\0"
    "\016NutritionOrder\0"
    "\007orderer\0"
    "\010oralDiet\0"
    "\012supplement\0"
    "\016enteralFormula\0"
    "\022allergyIntolerance\0"
    "\023excludeFoodModifier\0"
    "\026foodPreferenceModifier\0"
    "\035NutritionOrder.enteralFormula\0"
    "\014additiveType\0"
    "\016administration\0"
    "\016caloricDensity\0"
    "\017baseFormulaType\0"
    "\022maxVolumeToDeliver\0"
    "\023additiveProductName\0"
    "\025routeofAdministration\0"
    "\026baseFormulaProductName\0"
    "\031administrationInstruction\0"
    "\054NutritionOrder.enteralFormula.administration\0"
    "\027NutritionOrder.oralDiet\0"
    "\007texture\0"
    "\010nutrient\0"
    "\013instruction\0"
    "\024fluidConsistencyType\0"
    "\040NutritionOrder.oralDiet.nutrient\0"
    "\037NutritionOrder.oralDiet.texture\0"
    "\010foodType\0"
    "\031NutritionOrder.supplement\0"
    "\013Observation\0"
    "\011hasMember\0"
    "\016interpretation\0"
    "\016referenceRange\0"
    "\017effectiveTiming\0"
    "\020effectiveInstant\0"
    "\025Observation.component\0"
    "\032Observation.referenceRange\0"
    "\003age\0"
    "\003low\0"
    "\004high\0"
    "\011appliesTo\0"
    "\025ObservationDefinition\0"
    "\021permittedDataType\0"
    "\021qualifiedInterval\0"
    "\022validCodedValueSet\0"
    "\023normalCodedValueSet\0"
    "\023preferredReportName\0"
    "\023quantitativeDetails\0"
    "\025abnormalCodedValueSet\0"
    "\025criticalCodedValueSet\0"
    "\026multipleResultsAllowed\0"
    "\047ObservationDefinition.qualifiedInterval\0"
    "\005range\0"
    "\006gender\0"
    "\016gestationalAge\0"
    "\051ObservationDefinition.quantitativeDetails\0"
    "\015customaryUnit\0"
    "\020conversionFactor\0"
    "\020decimalPrecision\0"
    "\023OperationDefinition\0"
    "\010overload\0"
    "\014affectsState\0"
    "\014inputProfile\0"
    "\015outputProfile\0"
    "\034OperationDefinition.overload\0"
    "\015parameterName\0"
    "\035OperationDefinition.parameter\0"
    "\012searchType\0"
    "\016referencedFrom\0"
    "\045OperationDefinition.parameter.binding\0"
    "\054OperationDefinition.parameter.referencedFrom\0"
    "\010sourceId\0"
    "\020OperationOutcome\0"
    "\005issue\0"
    "\026OperationOutcome.issue\0"
    "\013diagnostics\0"
    "\014Organization\0"
    "\024Organization.contact\0"
    "\027OrganizationAffiliation\0"
    "\021healthcareService\0"
    "\031participatingOrganization\0"
    "\023ParameterDefinition\0"
    "\012Parameters\0"
    "\024Parameters.parameter\0"
    "\007Patient\0"
    "\011birthDate\0"
    "\015maritalStatus\0"
    "\020deceasedDateTime\0"
    "\023generalPractitioner\0"
    "\024multipleBirthBoolean\0"
    "\024multipleBirthInteger\0"
    "\025Patient.communication\0"
    "\017Patient.contact\0"
    "\014Patient.link\0"
    "\015PaymentNotice\0"
    "\015paymentStatus\0"
    "\025PaymentReconciliation\0"
    "\015paymentAmount\0"
    "\015paymentIssuer\0"
    "\021paymentIdentifier\0"
    "\034PaymentReconciliation.detail\0"
    "\011submitter\0"
    "\013predecessor\0"
    "\041PaymentReconciliation.processNote\0"
    "\006Period\0"
    "\006Person\0"
    "\013Person.link\0"
    "\011assurance\0"
    "\016PlanDefinition\0"
    "\025PlanDefinition.action\0"
    "\005input\0"
    "\006goalId\0"
    "\006output\0"
    "\015relatedAction\0"
    "\016textEquivalent\0"
    "\020groupingBehavior\0"
    "\020precheckBehavior\0"
    "\020requiredBehavior\0"
    "\021selectionBehavior\0"
    "\023cardinalityBehavior\0"
    "\037PlanDefinition.action.condition\0"
    "\042PlanDefinition.action.dynamicValue\0"
    "\041PlanDefinition.action.participant\0"
    "\043PlanDefinition.action.relatedAction\0"
    "\010actionId\0"
    "\013offsetRange\0"
    "\016offsetDuration\0"
    "\023PlanDefinition.goal\0"
    "\032PlanDefinition.goal.target\0"
    "\003due\0"
    "\012Population\0"
    "\004race\0"
    "\022ageCodeableConcept\0"
    "\026physiologicalCondition\0"
    "\014Practitioner\0"
    "\032Practitioner.qualification\0"
    "\020PractitionerRole\0"
    "\014practitioner\0"
    "\036PractitionerRole.availableTime\0"
    "\035PractitionerRole.notAvailable\0"
    "\011Procedure\0"
    "\006report\0"
    "\010followUp\0"
    "\010usedCode\0"
    "\013focalDevice\0"
    "\014complication\0"
    "\014performedAge\0"
    "\015usedReference\0"
    "\016performedRange\0"
    "\017performedPeriod\0"
    "\017performedString\0"
    "\021performedDateTime\0"
    "\022complicationDetail\0"
    "\025Procedure.focalDevice\0"
    "\013manipulated\0"
    "\023Procedure.performer\0"
    "\022ProdCharacteristic\0"
    "\005depth\0"
    "\005shape\0"
    "\006weight\0"
    "\007imprint\0"
    "\015nominalVolume\0"
    "\020externalDiameter\0"
    "\020ProductShelfLife\0"
    "\034specialPrecautionsForStorage\0"
    "\012Provenance\0"
    "\016occurredPeriod\0"
    "\020occurredDateTime\0"
    "\020Provenance.agent\0"
    "\021Provenance.entity\0"
    "\010Quantity\0"
    "\015Questionnaire\0"
    "\013subjectType\0"
    "\022Questionnaire.item\0"
    "\007initial\0"
    "\007repeats\0"
    "\010readOnly\0"
    "\012enableWhen\0"
    "\014answerOption\0"
    "\016answerValueSet\0"
    "\016enableBehavior\0"
    "\037Questionnaire.item.answerOption\0"
    "\017initialSelected\0"
    "\035Questionnaire.item.enableWhen\0"
    "\010question\0"
    "\012answerDate\0"
    "\012answerTime\0"
    "\014answerCoding\0"
    "\014answerString\0"
    "\015answerBoolean\0"
    "\015answerDecimal\0"
    "\015answerInteger\0"
    "\016answerDateTime\0"
    "\016answerQuantity\0"
    "\017answerReference\0"
    "\032Questionnaire.item.initial\0"
    "\025QuestionnaireResponse\0"
    "\010authored\0"
    "\015questionnaire\0"
    "\032QuestionnaireResponse.item\0"
    "\041QuestionnaireResponse.item.answer\0"
    "\005Range\0"
    "\005Ratio\0"
    "\011numerator\0"
    "\013denominator\0"
    "\011Reference\0"
    "\017RelatedArtifact\0"
    "\010citation\0"
    "\015RelatedPerson\0"
    "\033RelatedPerson.communication\0"
    "\014RequestGroup\0"
    "\023RequestGroup.action\0"
    "\035RequestGroup.action.condition\0"
    "\041RequestGroup.action.relatedAction\0"
    "\022ResearchDefinition\0"
    "\031ResearchElementDefinition\0"
    "\014variableType\0"
    "\050ResearchElementDefinition.characteristic\0"
    "\024studyEffectivePeriod\0"
    "\024studyEffectiveTiming\0"
    "\026studyEffectiveDateTime\0"
    "\026studyEffectiveDuration\0"
    "\031studyEffectiveDescription\0"
    "\032studyEffectiveGroupMeasure\0"
    "\033studyEffectiveTimeFromStart\0"
    "\037participantEffectiveDescription\0"
    "\040participantEffectiveGroupMeasure\0"
    "\041participantEffectiveTimeFromStart\0"
    "\015ResearchStudy\0"
    "\003arm\0"
    "\005phase\0"
    "\007keyword\0"
    "\007sponsor\0"
    "\011objective\0"
    "\012enrollment\0"
    "\015reasonStopped\0"
    "\022primaryPurposeType\0"
    "\025principalInvestigator\0"
    "\021ResearchStudy.arm\0"
    "\027ResearchStudy.objective\0"
    "\017ResearchSubject\0"
    "\007consent\0"
    "\011actualArm\0"
    "\013assignedArm\0"
    "\010Resource\0"
    "\016RiskAssessment\0"
    "\012prediction\0"
    "\031RiskAssessment.prediction\0"
    "\011whenRange\0"
    "\012whenPeriod\0"
    "\014relativeRisk\0"
    "\017qualitativeRisk\0"
    "\020probabilityRange\0"
    "\022probabilityDecimal\0"
    "\025RiskEvidenceSynthesis\0"
    "\014riskEstimate\0"
    "\037RiskEvidenceSynthesis.certainty\0"
    "\065RiskEvidenceSynthesis.certainty.certaintySubcomponent\0"
    "\042RiskEvidenceSynthesis.riskEstimate\0"
    "\016numeratorCount\0"
    "\020denominatorCount\0"
    "\064RiskEvidenceSynthesis.riskEstimate.precisionEstimate\0"
    "\040RiskEvidenceSynthesis.sampleSize\0"
    "\013SampledData\0"
    "\012dimensions\0"
    "\012lowerLimit\0"
    "\012upperLimit\0"
    "\010Schedule\0"
    "\017planningHorizon\0"
    "\017SearchParameter\0"
    "\005chain\0"
    "\012multipleOr\0"
    "\012xpathUsage\0"
    "\013multipleAnd\0"
    "\031SearchParameter.component\0"
    "\016ServiceRequest\0"
    "\013orderDetail\0"
    "\013requisition\0"
    "\014locationCode\0"
    "\015quantityRange\0"
    "\015quantityRatio\0"
    "\020quantityQuantity\0"
    "\011Signature\0"
    "\004when\0"
    "\011sigFormat\0"
    "\014targetFormat\0"
    "\004Slot\0"
    "\012overbooked\0"
    "\010Specimen\0"
    "\011container\0"
    "\014receivedTime\0"
    "\023accessionIdentifier\0"
    "\023Specimen.collection\0"
    "\025fastingStatusDuration\0"
    "\034fastingStatusCodeableConcept\0"
    "\022Specimen.container\0"
    "\010capacity\0"
    "\020specimenQuantity\0"
    "\021additiveReference\0"
    "\027additiveCodeableConcept\0"
    "\023Specimen.processing\0"
    "\022SpecimenDefinition\0"
    "\012timeAspect\0"
    "\012typeTested\0"
    "\015typeCollected\0"
    "\022patientPreparation\0"
    "\035SpecimenDefinition.typeTested\0"
    "\010handling\0"
    "\011isDerived\0"
    "\012preference\0"
    "\015retentionTime\0"
    "\022rejectionCriterion\0"
    "\047SpecimenDefinition.typeTested.container\0"
    "\003cap\0"
    "\013preparation\0"
    "\023minimumVolumeString\0"
    "\025minimumVolumeQuantity\0"
    "\060SpecimenDefinition.typeTested.container.additive\0"
    "\046SpecimenDefinition.typeTested.handling\0"
    "\013maxDuration\0"
    "\020temperatureRange\0"
    "\024temperatureQualifier\0"
    "\023StructureDefinition\0"
    "\010abstract\0"
    "\010snapshot\0"
    "\012derivation\0"
    "\014differential\0"
    "\016baseDefinition\0"
    "\020contextInvariant\0"
    "\033StructureDefinition.context\0"
    "\040StructureDefinition.differential\0"
    "\033StructureDefinition.mapping\0"
    "\034StructureDefinition.snapshot\0"
    "\014StructureMap\0"
    "\006import\0"
    "\011structure\0"
    "\022StructureMap.group\0"
    "\007extends\0"
    "\010typeMode\0"
    "\030StructureMap.group.input\0"
    "\027StructureMap.group.rule\0"
    "\041StructureMap.group.rule.dependent\0"
    "\010variable\0"
    "\036StructureMap.group.rule.source\0"
    "\005check\0"
    "\010listMode\0"
    "\012logMessage\0"
    "\036StructureMap.group.rule.target\0"
    "\012listRuleId\0"
    "\013contextType\0"
    "\050StructureMap.group.rule.target.parameter\0"
    "\026StructureMap.structure\0"
    "\014Subscription\0"
    "\007channel\0"
    "\024Subscription.channel\0"
    "\011Substance\0"
    "\024Substance.ingredient\0"
    "\022substanceReference\0"
    "\030substanceCodeableConcept\0"
    "\022Substance.instance\0"
    "\006expiry\0"
    "\017SubstanceAmount\0"
    "\012amountText\0"
    "\012amountType\0"
    "\013amountRange\0"
    "\014amountString\0"
    "\016amountQuantity\0"
    "\036SubstanceAmount.referenceRange\0"
    "\010lowLimit\0"
    "\011highLimit\0"
    "\024SubstanceNucleicAcid\0"
    "\007subunit\0"
    "\014sequenceType\0"
    "\020numberOfSubunits\0"
    "\023areaOfHybridisation\0"
    "\023oligoNucleotideType\0"
    "\034SubstanceNucleicAcid.subunit\0"
    "\005sugar\0"
    "\007linkage\0"
    "\011fivePrime\0"
    "\012threePrime\0"
    "\022sequenceAttachment\0"
    "\044SubstanceNucleicAcid.subunit.linkage\0"
    "\013residueSite\0"
    "\014connectivity\0"
    "\042SubstanceNucleicAcid.subunit.sugar\0"
    "\020SubstancePolymer\0"
    "\006repeat\0"
    "\010geometry\0"
    "\012monomerSet\0"
    "\014modification\0"
    "\025copolymerConnectivity\0"
    "\033SubstancePolymer.monomerSet\0"
    "\011ratioType\0"
    "\020startingMaterial\0"
    "\054SubstancePolymer.monomerSet.startingMaterial\0"
    "\012isDefining\0"
    "\027SubstancePolymer.repeat\0"
    "\012repeatUnit\0"
    "\015numberOfUnits\0"
    "\024repeatUnitAmountType\0"
    "\027averageMolecularFormula\0"
    "\042SubstancePolymer.repeat.repeatUnit\0"
    "\026degreeOfPolymerisation\0"
    "\030structuralRepresentation\0"
    "\033orientationOfPolymerisation\0"
    "\071SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation\0"
    "\006degree\0"
    "\073SubstancePolymer.repeat.repeatUnit.structuralRepresentation\0"
    "\020SubstanceProtein\0"
    "\020disulfideLinkage\0"
    "\030SubstanceProtein.subunit\0"
    "\025cTerminalModification\0"
    "\025nTerminalModification\0"
    "\027cTerminalModificationId\0"
    "\027nTerminalModificationId\0"
    "\035SubstanceReferenceInformation\0"
    "\004gene\0"
    "\013geneElement\0"
    "\054SubstanceReferenceInformation.classification\0"
    "\042SubstanceReferenceInformation.gene\0"
    "\022geneSequenceOrigin\0"
    "\051SubstanceReferenceInformation.geneElement\0"
    "\044SubstanceReferenceInformation.target\0"
    "\010organism\0"
    "\014organismType\0"
    "\027SubstanceSourceMaterial\0"
    "\012organismId\0"
    "\014organismName\0"
    "\017countryOfOrigin\0"
    "\017partDescription\0"
    "\020developmentStage\0"
    "\021parentSubstanceId\0"
    "\022sourceMaterialType\0"
    "\023fractionDescription\0"
    "\023parentSubstanceName\0"
    "\023sourceMaterialClass\0"
    "\023sourceMaterialState\0"
    "\024geographicalLocation\0"
    "\053SubstanceSourceMaterial.fractionDescription\0"
    "\010fraction\0"
    "\014materialType\0"
    "\040SubstanceSourceMaterial.organism\0"
    "\005genus\0"
    "\006hybrid\0"
    "\017organismGeneral\0"
    "\021intraspecificType\0"
    "\030intraspecificDescription\0"
    "\047SubstanceSourceMaterial.organism.author\0"
    "\012authorType\0"
    "\021authorDescription\0"
    "\047SubstanceSourceMaterial.organism.hybrid\0"
    "\012hybridType\0"
    "\022maternalOrganismId\0"
    "\022paternalOrganismId\0"
    "\024maternalOrganismName\0"
    "\024paternalOrganismName\0"
    "\060SubstanceSourceMaterial.organism.organismGeneral\0"
    "\006phylum\0"
    "\007kingdom\0"
    "\047SubstanceSourceMaterial.partDescription\0"
    "\014partLocation\0"
    "\026SubstanceSpecification\0"
    "\006moiety\0"
    "\007polymer\0"
    "\007protein\0"
    "\013nucleicAcid\0"
    "\016sourceMaterial\0"
    "\017molecularWeight\0"
    "\024referenceInformation\0"
    "\033SubstanceSpecification.code\0"
    "\035SubstanceSpecification.moiety\0"
    "\017opticalActivity\0"
    "\017stereochemistry\0"
    "\020molecularFormula\0"
    "\033SubstanceSpecification.name\0"
    "\010official\0"
    "\013translation\0"
    "\044SubstanceSpecification.name.official\0"
    "\037SubstanceSpecification.property\0"
    "\012parameters\0"
    "\032definingSubstanceReference\0"
    "\040definingSubstanceCodeableConcept\0"
    "\043SubstanceSpecification.relationship\0"
    "\013amountRatio\0"
    "\023amountRatioLowLimit\0"
    "\040SubstanceSpecification.structure\0"
    "\007isotope\0"
    "\030molecularFormulaByMoiety\0"
    "\050SubstanceSpecification.structure.isotope\0"
    "\010halfLife\0"
    "\070SubstanceSpecification.structure.isotope.molecularWeight\0"
    "\057SubstanceSpecification.structure.representation\0"
    "\016SupplyDelivery\0"
    "\010supplier\0"
    "\014suppliedItem\0"
    "\033SupplyDelivery.suppliedItem\0"
    "\015SupplyRequest\0"
    "\011deliverTo\0"
    "\013deliverFrom\0"
    "\027SupplyRequest.parameter\0"
    "\004Task\0"
    "\003for\0"
    "\013restriction\0"
    "\016businessStatus\0"
    "\017executionPeriod\0"
    "\012Task.input\0"
    "\013Task.output\0"
    "\020Task.restriction\0"
    "\013repetitions\0"
    "\027TerminologyCapabilities\0"
    "\007closure\0"
    "\011expansion\0"
    "\012codeSearch\0"
    "\012codeSystem\0"
    "\012lockedDate\0"
    "\014validateCode\0"
    "\037TerminologyCapabilities.closure\0"
    "\042TerminologyCapabilities.codeSystem\0"
    "\013subsumption\0"
    "\052TerminologyCapabilities.codeSystem.version\0"
    "\011isDefault\0"
    "\061TerminologyCapabilities.codeSystem.version.filter\0"
    "\002op\0"
    "\041TerminologyCapabilities.expansion\0"
    "\006paging\0"
    "\012incomplete\0"
    "\012textFilter\0"
    "\014hierarchical\0"
    "\053TerminologyCapabilities.expansion.parameter\0"
    "\046TerminologyCapabilities.implementation\0"
    "\040TerminologyCapabilities.software\0"
    "\043TerminologyCapabilities.translation\0"
    "\010needsMap\0"
    "\044TerminologyCapabilities.validateCode\0"
    "\014translations\0"
    "\012TestReport\0"
    "\004test\0"
    "\005setup\0"
    "\006tester\0"
    "\010teardown\0"
    "\012testScript\0"
    "\026TestReport.participant\0"
    "\020TestReport.setup\0"
    "\027TestReport.setup.action\0"
    "\006assert\0"
    "\036TestReport.setup.action.assert\0"
    "\041TestReport.setup.action.operation\0"
    "\023TestReport.teardown\0"
    "\032TestReport.teardown.action\0"
    "\017TestReport.test\0"
    "\026TestReport.test.action\0"
    "\012TestScript\0"
    "\007fixture\0"
    "\010metadata\0"
    "\026TestScript.destination\0"
    "\005index\0"
    "\022TestScript.fixture\0"
    "\012autocreate\0"
    "\012autodelete\0"
    "\023TestScript.metadata\0"
    "\036TestScript.metadata.capability\0"
    "\011validated\0"
    "\014capabilities\0"
    "\030TestScript.metadata.link\0"
    "\021TestScript.origin\0"
    "\020TestScript.setup\0"
    "\027TestScript.setup.action\0"
    "\036TestScript.setup.action.assert\0"
    "\011minimumId\0"
    "\012requestURL\0"
    "\013headerField\0"
    "\013warningOnly\0"
    "\014responseCode\0"
    "\015requestMethod\0"
    "\017navigationLinks\0"
    "\021compareToSourceId\0"
    "\021validateProfileId\0"
    "\023compareToSourcePath\0"
    "\031compareToSourceExpression\0"
    "\041TestScript.setup.action.operation\0"
    "\006accept\0"
    "\010targetId\0"
    "\011requestId\0"
    "\012responseId\0"
    "\015requestHeader\0"
    "\020encodeRequestUrl\0"
    "\057TestScript.setup.action.operation.requestHeader\0"
    "\005field\0"
    "\023TestScript.teardown\0"
    "\032TestScript.teardown.action\0"
    "\017TestScript.test\0"
    "\026TestScript.test.action\0"
    "\023TestScript.variable\0"
    "\004hint\0"
    "\014defaultValue\0"
    "\006Timing\0"
    "\015Timing.repeat\0"
    "\006offset\0"
    "\010countMax\0"
    "\011dayOfWeek\0"
    "\011frequency\0"
    "\011periodMax\0"
    "\011timeOfDay\0"
    "\012periodUnit\0"
    "\013boundsRange\0"
    "\013durationMax\0"
    "\014boundsPeriod\0"
    "\014durationUnit\0"
    "\014frequencyMax\0"
    "\016boundsDuration\0"
    "\021TriggerDefinition\0"
    "\017timingReference\0"
    "\014UsageContext\0"
    "\010ValueSet\0"
    "\007compose\0"
    "\011immutable\0"
    "\020ValueSet.compose\0"
    "\007include\0"
    "\030ValueSet.compose.include\0"
    "\040ValueSet.compose.include.concept\0"
    "\054ValueSet.compose.include.concept.designation\0"
    "\037ValueSet.compose.include.filter\0"
    "\022ValueSet.expansion\0"
    "\010contains\0"
    "\033ValueSet.expansion.contains\0"
    "\034ValueSet.expansion.parameter\0"
    "\022VerificationResult\0"
    "\004need\0"
    "\011validator\0"
    "\013attestation\0"
    "\015failureAction\0"
    "\015lastPerformed\0"
    "\015nextScheduled\0"
    "\016targetLocation\0"
    "\016validationType\0"
    "\021validationProcess\0"
    "\036VerificationResult.attestation\0"
    "\016proxySignature\0"
    "\017sourceSignature\0"
    "\023communicationMethod\0"
    "\030proxyIdentityCertificate\0"
    "\031sourceIdentityCertificate\0"
    "\040VerificationResult.primarySource\0"
    "\016canPushUpdates\0"
    "\016validationDate\0"
    "\020validationStatus\0"
    "\021pushTypeAvailable\0"
    "\034VerificationResult.validator\0"
    "\023identityCertificate\0"
    "\024attestationSignature\0"
    "\022VisionPrescription\0"
    "\012prescriber\0"
    "\013dateWritten\0"
    "\021lensSpecification\0"
    "\044VisionPrescription.lensSpecification\0"
    "\003add\0"
    "\003eye\0"
    "\004axis\0"
    "\005brand\0"
    "\005power\0"
    "\005prism\0"
    "\006sphere\0"
    "\010cylinder\0"
    "\010diameter\0"
    "\011backCurve\0"
    "\052VisionPrescription.lensSpecification.prism\0"
    "\014base64Binary\0"
    "\007boolean\0"
    "\011canonical\0"
    "\007decimal\0"
    "\007instant\0"
    "\007integer\0"
    "\010markdown\0"
    "\003oid\0"
    "\013positiveInt\0"
    "\006string\0"
    "\013unsignedInt\0"
    "\004uuid\0"
    "\005xhtml\0";
#pragma GCC diagnostic pop

const struct fhir_type fhir_types[] = {
{1,196,0,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{197,24,19,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{225,24,24,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{267,196,30,61,3,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{889,24,91,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{940,24,96,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{978,207,101,12,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{1042,196,113,28,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{1258,24,141,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{1307,24,146,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{1385,488,153,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{1423,196,160,28,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{1606,24,188,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{1683,207,198,6,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{1732,196,204,30,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{1973,24,234,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2015,196,242,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{2085,207,258,10,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{2138,196,268,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{2229,24,287,14,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2308,24,301,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2343,24,306,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2409,24,318,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2467,24,324,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2502,207,330,3,0,FHIR_SORT_ABSTRACT,FHIR_FORMAT_NONE},
{2519,196,333,13,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{2526,514,346,7,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{2551,196,353,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{2673,24,372,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2759,24,379,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2826,24,385,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2886,24,393,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{2952,196,400,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{3013,514,416,11,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{3063,24,427,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3114,24,436,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3188,24,445,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3231,24,453,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3265,24,458,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3288,196,463,34,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{3440,24,497,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3485,24,503,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3532,24,509,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3606,24,516,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3656,24,521,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3716,24,526,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3802,24,537,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{3840,24,542,20,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4056,24,562,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4103,24,567,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4148,24,573,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4195,24,580,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4245,24,586,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4288,196,592,31,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{4401,24,623,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4483,24,631,23,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4598,196,654,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{4639,24,675,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4681,196,682,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{4864,24,703,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{4911,196,708,37,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{5180,24,745,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5212,196,750,31,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{5280,24,781,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5316,24,787,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5368,24,792,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5435,196,799,35,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{5604,24,834,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5656,24,841,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5710,24,849,9,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5799,24,858,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{5871,24,868,27,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6095,24,895,15,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6125,24,910,14,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6154,24,924,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6167,24,929,9,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6230,24,938,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6266,24,944,14,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6362,196,958,35,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{6506,24,993,24,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6590,24,1017,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6620,24,1029,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6660,24,1040,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6700,24,1047,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6725,24,1055,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6745,24,1062,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6778,24,1069,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6805,24,1076,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6842,24,1082,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6895,24,1091,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6930,24,1098,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{6951,196,1103,29,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7098,24,1132,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7169,24,1138,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7203,196,1143,34,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7344,24,1177,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7386,24,1186,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7418,24,1192,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7514,24,1203,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7543,24,1210,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7569,207,1217,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{7594,207,1221,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{7616,196,1228,31,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7704,24,1259,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7779,196,1265,31,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7841,24,1296,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7871,196,1302,22,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7894,24,1324,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{7933,196,1330,23,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{7993,24,1353,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8015,24,1359,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8034,24,1365,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8092,24,1371,13,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8144,196,1384,28,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{8219,24,1412,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8294,24,1421,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8320,24,1427,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8386,24,1436,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8429,24,1443,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8456,196,1450,33,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{8567,24,1483,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8587,24,1488,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8604,196,1494,22,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{8716,24,1516,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8743,24,1521,14,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8781,24,1535,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8806,24,1540,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8839,24,1545,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{8903,207,1551,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{8918,207,1555,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{8938,196,1562,43,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{9189,24,1605,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9253,24,1614,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9272,24,1619,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9288,24,1624,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9303,24,1629,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9320,24,1635,16,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9349,24,1651,26,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9493,24,1677,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9523,24,1682,18,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9613,24,1700,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9642,24,1706,18,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9750,24,1724,13,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9795,24,1737,15,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9855,24,1752,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9882,24,1757,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{9920,207,1764,5,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{9933,488,1769,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{9940,196,1776,25,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{10070,24,1801,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10086,24,1807,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10137,24,1814,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10175,196,1819,23,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{10203,24,1842,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10241,24,1848,13,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10298,24,1861,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10341,24,1866,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10411,196,1872,24,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{10440,24,1896,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10475,24,1900,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10538,24,1907,17,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10667,24,1924,10,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10808,207,1934,11,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{10875,207,1945,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10903,207,1951,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10959,207,1958,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{10992,196,1962,21,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{11069,24,1983,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11093,24,1988,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11119,196,1994,34,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{11292,24,2028,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11311,24,2033,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11328,24,2039,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11363,24,2044,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11444,24,2053,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11471,196,2059,31,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{11665,24,2090,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11694,24,2095,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11723,24,2100,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11782,24,2106,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11809,24,2112,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11842,24,2117,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11880,196,2123,18,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{11952,24,2141,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{11978,196,2147,35,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12054,24,2182,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12113,196,2190,23,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12166,196,2213,27,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12279,24,2240,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12303,488,2245,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{12313,196,2252,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12349,24,2272,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12380,196,2277,24,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12425,24,2301,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12464,24,2306,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12541,24,2316,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12570,514,2321,8,0,FHIR_SORT_ABSTRACT,FHIR_FORMAT_NONE},
{12586,24,2329,17,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{12751,207,2346,8,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{12832,488,2354,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{12842,196,2361,41,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{12994,24,2402,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13060,24,2408,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13117,24,2414,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13205,24,2423,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13280,24,2430,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13361,24,2437,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{13436,207,2443,2,0,FHIR_SORT_ABSTRACT,FHIR_FORMAT_NONE},
{13445,24,2445,200,5,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{16731,207,2645,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{16755,207,2650,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{16792,207,2655,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{16841,207,2664,53,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17360,207,2717,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17402,207,2723,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17460,207,2729,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17501,207,2733,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17553,196,2740,31,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{17650,24,2771,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17674,24,2776,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17695,24,2782,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17868,24,2794,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17902,24,2801,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17937,24,2807,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{17962,196,2812,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18026,196,2831,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18056,196,2846,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18093,196,2862,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18144,24,2882,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18169,24,2888,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18198,196,2893,37,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18224,196,2930,36,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18283,196,2966,35,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18317,24,3001,18,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18644,196,3019,25,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{18680,24,3044,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18712,24,3051,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18783,24,3060,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18838,24,3065,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18872,24,3070,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18934,24,3078,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{18984,24,3085,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19026,24,3091,13,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19120,196,3104,51,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{19211,24,3155,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19242,24,3162,24,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19272,24,3186,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19309,24,3198,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19356,24,3209,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19404,24,3220,9,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19451,24,3229,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19482,24,3237,9,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19514,24,3246,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19546,24,3252,29,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19573,24,3281,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19613,24,3288,17,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19647,24,3305,16,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19691,24,3321,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19719,24,3326,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19749,24,3335,9,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19781,24,3344,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19815,24,3351,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19845,24,3357,14,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19882,24,3371,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{19910,207,3376,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{19922,207,3383,53,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{19933,196,3436,34,3,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20129,24,3470,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20180,196,3481,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20186,196,3497,25,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20299,24,3522,13,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20452,196,3535,23,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20469,24,3558,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20491,24,3567,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20528,24,3575,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20569,196,3583,18,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20600,24,3601,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20622,24,3612,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{20646,196,3618,25,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{20788,196,3643,32,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{21003,24,3675,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21094,24,3682,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21125,24,3687,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21165,207,3692,9,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{21207,207,3701,8,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{21229,196,3709,28,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{21343,24,3737,15,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21381,24,3752,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21421,24,3759,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21452,196,3764,37,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{21619,24,3801,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21675,24,3808,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21699,24,3813,10,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21828,24,3823,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{21861,196,3829,23,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{21934,196,3852,13,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{21978,24,3865,17,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22150,24,3882,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22207,196,3887,28,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{22266,24,3915,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22324,24,3923,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22365,24,3928,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22438,24,3936,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22480,24,3941,10,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22567,24,3951,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22608,24,3957,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22639,24,3963,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22667,24,3968,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22715,24,3976,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22758,24,3982,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22811,196,3989,22,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{22857,24,4011,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22880,24,4018,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22904,24,4024,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22949,24,4030,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{22987,24,4035,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23034,24,4044,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23083,24,4051,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23116,24,4056,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23157,24,4061,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23215,196,4068,24,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23308,24,4092,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23374,24,4099,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23407,24,4106,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23428,196,4111,40,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23437,196,4151,11,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23446,24,4162,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23460,196,4167,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23466,24,4188,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23493,196,4195,25,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23531,24,4220,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23584,24,4227,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23634,24,4233,8,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{23675,196,4241,50,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{23849,24,4291,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23876,24,4298,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23912,24,4304,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23938,24,4311,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{23974,24,4317,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24000,196,4324,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{24044,24,4343,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24079,24,4350,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24127,24,4356,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24168,24,4361,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24208,24,4368,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24258,24,4373,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24309,196,4379,31,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{24377,196,4410,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{24408,24,4426,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24426,24,4431,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24459,196,4438,29,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{24547,24,4467,10,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24586,24,4477,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24622,196,4482,34,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{24809,24,4516,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24839,24,4521,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{24906,196,4528,30,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{25199,24,4558,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25317,24,4565,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25370,24,4570,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25494,24,4576,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25520,24,4582,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25560,24,4590,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25592,24,4597,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25668,24,4603,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25712,24,4608,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25751,24,4613,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25782,24,4618,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25813,24,4623,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25889,24,4630,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25933,24,4635,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{25974,24,4639,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26028,24,4644,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26076,196,4649,42,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{26188,24,4691,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26302,24,4701,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26349,24,4706,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26421,196,4712,27,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{26475,196,4739,28,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{26820,24,4767,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{26966,24,4776,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27029,24,4782,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27068,24,4788,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27106,24,4793,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27165,196,4804,24,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{27318,24,4828,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27377,24,4836,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27457,196,4844,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{27565,24,4859,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27637,196,4865,17,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{27725,24,4882,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27766,196,4888,14,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{27814,24,4902,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{27861,24,4909,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28028,24,4919,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28120,24,4927,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28158,196,4932,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{28231,24,4947,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28272,196,4952,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{28366,196,4967,17,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{28446,24,4984,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28524,24,4989,15,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28599,196,5004,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{28694,24,5019,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28742,24,5024,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28899,24,5034,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{28985,24,5039,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29078,196,5045,13,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{29160,196,5058,33,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{29244,24,5091,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29299,24,5096,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29324,196,5103,20,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{29339,24,5123,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29366,24,5130,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29399,24,5136,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29421,207,5144,8,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{29432,196,5152,24,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{29567,24,5176,18,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29686,24,5194,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29761,24,5204,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29920,24,5216,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{29986,24,5225,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30056,24,5233,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30098,24,5238,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30140,24,5243,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30223,207,5252,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{30240,196,5256,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{30264,24,5277,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30298,207,5285,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{30314,196,5289,25,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{30442,24,5314,12,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30651,24,5326,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30697,24,5333,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30776,24,5342,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30810,24,5347,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30853,24,5352,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30880,196,5360,45,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{30971,24,5405,18,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{30994,24,5423,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31049,196,5432,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31263,24,5453,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31335,24,5464,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31429,196,5471,34,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31503,24,5505,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31548,24,5510,14,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31607,24,5524,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31646,24,5529,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31702,196,5534,9,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31727,24,5543,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31764,196,5552,18,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31778,24,5570,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31800,196,5577,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31871,207,5597,9,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{31892,514,5606,5,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{31904,24,5611,56,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{31926,196,5667,26,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32044,24,5693,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32067,24,5698,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32084,24,5708,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32098,196,5713,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32128,196,5733,23,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32200,24,5756,13,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32254,24,5769,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32289,207,5774,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{32297,196,5778,18,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32305,24,5796,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32329,196,5801,40,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32345,24,5841,37,3,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32516,24,5878,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32549,24,5883,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32585,24,5888,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32620,24,5893,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32696,24,5900,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32717,24,5910,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32750,24,5918,8,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{32812,196,5926,18,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32826,24,5944,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32854,196,5951,22,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{32886,24,5973,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32918,24,5980,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{32949,196,5985,40,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{33133,24,6025,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33169,24,6030,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33190,24,6036,14,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33274,24,6050,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33322,196,6057,19,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{33368,24,6076,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33386,24,6083,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33405,207,6089,7,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33415,196,6096,30,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{33443,24,6126,19,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33549,24,6145,10,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33599,24,6155,15,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33786,24,6170,15,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33814,196,6185,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{33862,24,6204,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33890,24,6212,16,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{33925,207,6228,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33932,207,6232,4,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33963,207,6236,6,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{33974,207,6242,9,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{34001,196,6251,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34016,24,6271,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34045,196,6276,26,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34059,24,6302,27,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34080,24,6329,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34111,24,6334,7,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34146,196,6341,43,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34166,196,6384,42,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34207,24,6426,24,3,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34527,196,6450,32,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34653,24,6482,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34672,24,6488,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34697,196,6493,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34747,514,6509,4,0,FHIR_SORT_ABSTRACT,FHIR_FORMAT_NONE},
{34757,196,6513,26,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34785,24,6539,11,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34904,196,6550,39,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{34941,24,6589,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{34974,24,6595,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35029,24,6601,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35099,24,6611,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35153,24,6618,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35187,207,6624,9,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{35236,196,6633,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35263,196,6649,34,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35324,24,6683,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35351,196,6688,46,3,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35455,207,6734,9,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{35497,196,6743,19,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35515,196,6762,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35571,24,6783,12,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35645,24,6795,10,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35737,24,6805,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35758,196,6813,14,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{35837,24,6827,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{35936,24,6838,12,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36039,24,6850,5,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36089,24,6855,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36182,196,6862,35,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{36283,24,6897,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36312,24,6902,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36346,24,6906,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36375,24,6913,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36405,196,6917,26,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{36438,24,6943,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36477,24,6952,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36503,24,6959,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36528,24,6968,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36573,24,6973,63,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36634,24,7036,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36691,24,7047,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36733,24,7055,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36757,196,7062,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{36780,24,7077,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36802,196,7084,15,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{36813,24,7099,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36881,24,7105,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{36909,24,7111,9,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{36993,207,7120,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37046,196,7124,13,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{37151,24,7137,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37240,24,7148,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37305,24,7155,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37341,196,7161,14,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{37426,24,7175,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37484,24,7180,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37542,24,7187,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37641,24,7194,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37756,24,7202,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37823,24,7207,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{37884,196,7213,12,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{37920,24,7225,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38042,196,7236,13,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{38092,24,7249,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38138,24,7256,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38194,24,7262,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38237,24,7268,13,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38299,196,7281,21,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{38547,24,7302,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38616,24,7307,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38727,24,7318,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38799,24,7323,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{38936,24,7331,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39003,24,7338,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39058,196,7343,27,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{39176,24,7370,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39205,24,7378,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39288,24,7389,14,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39340,24,7403,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39378,24,7409,10,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39485,24,7419,14,2,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39556,24,7433,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39625,24,7444,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39677,24,7452,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39735,24,7458,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39784,196,7464,21,1,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{39824,24,7485,6,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39853,196,7491,26,2,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{39892,24,7517,8,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39917,196,7525,39,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{39974,24,7564,54,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39986,24,7618,54,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{39999,24,7672,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40030,196,7678,32,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{40125,24,7710,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40158,24,7714,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40207,24,7720,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40262,24,7729,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40317,24,7734,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40398,24,7742,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40443,24,7747,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40483,24,7752,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40517,24,7757,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40564,24,7761,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40616,196,7765,20,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{40671,24,7785,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40695,24,7791,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40713,24,7795,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40746,24,7800,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40778,24,7806,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40813,24,7812,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40834,24,7816,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40862,24,7820,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40879,24,7826,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40903,196,7831,32,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{40934,24,7863,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{40965,24,7868,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41009,24,7874,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41030,24,7879,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41087,24,7889,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41113,24,7894,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41132,24,7899,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41150,24,7903,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41175,24,7908,25,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41388,24,7933,20,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41497,24,7953,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41553,24,7958,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41574,24,7962,4,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41602,24,7966,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41619,24,7972,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41643,24,7977,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41684,24,7988,6,0,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{41692,207,7994,19,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41865,207,8013,10,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{41901,207,8023,7,1,FHIR_SORT_DATATYPE,FHIR_FORMAT_NONE},
{41915,196,8030,26,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{41945,24,8056,7,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41972,24,8063,8,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{41998,24,8071,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42032,24,8077,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42078,24,8083,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42111,24,8089,9,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42141,24,8098,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42170,24,8109,11,1,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42200,196,8120,22,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{42346,24,8142,11,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42485,24,8153,10,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42588,24,8163,6,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42661,196,8169,16,0,FHIR_SORT_RESOURCE,FHIR_FORMAT_NONE},
{42725,24,8185,17,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42839,24,8202,5,0,FHIR_SORT_BACKBONE,FHIR_FORMAT_NONE},
{42883,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_base64Binary},
{42897,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_boolean},
{42906,678,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_canonical},
{292,675,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_code},
{298,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_date},
{8620,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_dateTime},
{42917,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_decimal},
{10,675,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_id},
{42926,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_instant},
{42935,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_integer},
{42944,675,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_markdown},
{42954,678,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_oid},
{42959,671,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_positiveInt},
{42972,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_string},
{1695,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_time},
{42980,671,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_unsignedInt},
{7564,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_uri},
{287,678,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_url},
{42993,678,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_uuid},
{42999,207,8207,0,0,FHIR_SORT_PRIMITIVE,FHIR_FORMAT_xhtml},
};

const struct fhir_elem fhir_elems[] = {
/* Account */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,0,0,0,0,4},
{38,499,20,0,1,0,0,4},{45,499,29,0,3,0,0,0},{53,665,9,1,0,0,1,12},{61,499,12,0,5,0,0,5},{70,1,14,0,0,0,0,5},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{112,2,22,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{135,675,21,0,0,0,0,4},{148,678,2,0,0,0,0,12},{163,463,13,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* Account.coverage */
{10,675,15,0,0,0,0,2},{70,499,18,0,13,0,1,4},{215,674,19,0,0,0,0,4},{101,265,16,0,0,0,0,1},
{178,265,17,0,0,0,0,13},
/* Account.guarantor */
{10,675,23,0,0,0,0,2},{244,499,26,0,15,0,1,0},{251,663,27,0,0,0,0,0},{259,463,28,0,0,0,0,0},
{101,265,24,0,0,0,0,1},{178,265,25,0,0,0,0,13},
/* ActivityDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{292,100,38,0,0,0,0,4},{298,667,17,0,0,0,0,4},
{304,665,36,3,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},
{317,100,29,0,0,0,0,1},{324,675,24,0,0,0,0,0},{331,128,30,0,0,0,0,1},{339,197,52,0,0,0,0,1},
{347,128,31,0,0,0,0,1},{355,665,39,4,0,0,0,0},{53,665,14,2,0,0,1,12},{363,128,19,0,0,0,0,5},
{372,664,35,0,0,0,0,1},{381,664,37,0,0,0,0,0},{390,672,23,0,0,0,0,0},{399,675,10,0,0,0,0,4},
{408,100,53,0,0,0,0,1},{418,128,33,0,0,0,0,1},{80,665,3,0,0,0,0,0},{428,499,43,0,19,0,0,0},
{215,665,40,5,0,0,0,0},{438,488,51,0,0,0,0,0},{448,128,32,0,0,0,0,1},{458,675,13,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{468,672,25,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,18,0,0,0,0,4},
{490,10,42,0,0,2,0,0},{501,664,57,0,0,0,0,0},{123,284,9,0,0,0,0,5},{512,645,21,0,0,0,0,5},
{135,672,20,0,0,0,0,4},{524,5,44,0,0,0,0,1},{537,497,42,0,0,2,0,0},{550,666,26,0,0,0,0,0},
{564,663,41,0,0,0,0,12},{578,4,58,0,0,0,0,1},{592,663,15,0,0,0,0,4},{606,100,22,0,0,0,0,5},
{620,463,42,0,0,2,0,0},{634,642,42,0,0,2,0,0},{148,678,2,0,0,0,0,12},{648,666,27,0,0,0,0,0},
{664,667,42,0,0,2,0,0},{680,199,42,0,0,2,0,0},{696,463,28,0,0,0,0,4},{713,500,34,0,0,0,0,1},
{730,499,50,0,21,3,0,0},{748,499,16,0,24,1,0,0},{178,265,7,0,0,0,0,9},{766,499,54,0,26,0,0,1},
{787,499,55,0,28,0,0,1},{811,100,50,0,0,3,0,0},{835,100,16,222,0,1,0,16},{859,499,56,0,28,0,0,1},
/* ActivityDefinition.dynamicValue */
{10,675,59,0,0,0,0,2},{922,675,62,0,0,0,1,0},{101,265,60,0,0,0,0,1},{928,264,63,0,0,0,1,0},
{178,265,61,0,0,0,0,13},
/* ActivityDefinition.participant */
{10,675,45,0,0,0,0,2},{972,100,49,0,0,0,0,0},{32,665,48,6,0,0,1,0},{101,265,46,0,0,0,0,1},
{178,265,47,0,0,0,0,13},
/* Address */
{10,675,0,0,0,0,0,2},{987,665,2,7,0,0,0,12},{992,675,6,0,0,0,0,4},{998,675,5,0,0,0,0,5},{26,675,4,0,0,0,0,4},
{32,665,3,8,0,0,0,4},{1004,675,8,0,0,0,0,4},{259,463,11,0,0,0,0,4},{1011,675,10,0,0,0,0,4},
{1020,675,7,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1030,675,9,0,0,0,0,4},
/* AdverseEvent */
{10,669,0,0,0,0,0,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{1056,100,11,0,0,0,0,4},
{1063,499,39,0,30,0,0,5},{1070,100,21,11,0,0,0,4},{61,499,12,0,32,0,1,4},{1079,100,10,223,0,0,0,21},
{1089,667,15,0,0,0,0,4},{80,665,3,0,0,0,0,0},{428,499,18,0,19,0,0,4},{1099,499,22,0,37,0,0,4},
{1109,100,20,10,0,0,0,4},{1119,665,9,9,0,0,1,12},{90,514,5,0,0,0,0,1},{1130,499,13,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,4},{1141,499,23,0,44,0,0,5},{1154,100,19,0,0,0,0,4},
{1167,667,16,0,0,0,0,4},{148,678,2,0,0,0,0,12},{1181,8,24,0,0,0,0,5},{178,265,7,0,0,0,0,9},
{1196,499,38,0,48,0,0,5},{1215,499,17,0,50,0,0,5},{1235,499,37,0,52,0,0,5},
/* AdverseEvent.suspectEntity */
{10,675,25,0,0,0,0,2},{1286,499,28,0,61,0,1,4},{1296,9,29,0,0,0,0,5},{101,265,26,0,0,0,0,1},
{178,265,27,0,0,0,0,13},
/* AdverseEvent.suspectEntity.causality */
{10,675,30,0,0,0,0,2},{331,499,35,0,69,0,0,4},{1345,100,36,0,0,0,0,4},{101,265,31,0,0,0,0,1},
{1353,100,33,0,0,0,0,4},{178,265,32,0,0,0,0,13},{1365,675,34,0,0,0,0,4},
/* Age */
{10,675,0,0,0,0,0,2},{292,665,6,0,0,0,0,4},{1390,675,4,0,0,0,0,4},{1396,668,2,0,0,0,0,4},
{1403,678,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1411,665,3,12,0,0,0,12},
/* AllergyIntolerance */
{10,669,0,0,0,0,0,4},{292,100,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,22,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,665,11,15,0,0,0,4},{1449,499,15,0,72,0,1,4},{1458,499,20,0,37,0,0,4},{1079,665,12,16,0,0,0,5},
{80,665,3,0,0,0,0,0},{1468,10,17,0,0,1,0,0},{1478,12,23,0,0,0,0,1},{1099,499,19,0,37,0,0,0},
{90,514,5,0,0,0,0,1},{1130,499,16,0,42,0,0,0},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{1488,497,17,0,0,1,0,0},{1500,665,13,17,0,0,0,4},{1513,463,17,0,0,1,0,0},{1526,675,17,0,0,1,0,0},
{1167,667,18,0,0,0,0,0},{148,678,2,0,0,0,0,12},{1539,667,17,0,0,1,0,0},{1554,100,9,13,0,0,0,12},
{1570,667,21,0,0,0,0,0},{178,265,7,0,0,0,0,9},{1586,100,10,14,0,0,0,12},
/* AllergyIntolerance.reaction */
{10,675,24,0,0,0,0,2},{1443,13,33,0,0,0,0,1},{1635,667,30,0,0,0,0,0},{1109,665,31,18,0,0,0,0},
{101,265,25,0,0,0,0,1},{1642,100,27,0,0,0,0,0},{135,675,29,0,0,0,0,0},{1653,100,32,0,0,0,0,0},
{1668,100,28,0,0,0,1,1},{178,265,26,0,0,0,0,13},
/* Annotation */
{10,675,0,0,0,0,0,2},{26,672,4,0,0,0,1,4},{1695,667,3,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1701,675,2,0,0,1,0,4},
{1715,499,2,0,74,1,0,4},
/* Appointment */
{10,669,0,0,0,0,0,4},{1745,670,21,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1750,499,23,0,79,0,0,1},
{26,428,4,0,0,0,0,0},{1756,670,20,0,0,0,0,4},{53,665,9,19,0,0,1,12},{1763,499,27,0,81,0,0,1},
{1772,675,25,0,0,0,0,0},{1781,667,24,0,0,0,0,0},{80,665,3,0,0,0,0,0},{215,677,17,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{1790,100,13,0,0,0,0,5},{123,284,8,0,0,0,0,5},
{1801,100,15,0,0,0,0,5},{135,675,18,0,0,0,0,0},{524,15,28,0,0,0,1,1},{1813,100,12,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{1826,100,14,0,0,0,0,4},{1843,674,22,0,0,0,0,0},{1860,499,16,0,83,0,0,1},
{1877,463,37,0,0,0,0,1},{1894,100,11,0,0,0,0,5},{1911,100,10,0,0,0,0,4},{178,265,7,0,0,0,0,9},
{1930,675,26,0,0,0,0,0},{1950,499,19,0,0,0,0,1},
/* Appointment.participant */
{10,675,29,0,0,0,0,2},{32,100,32,224,0,0,0,21},{1998,499,33,0,88,0,0,4},{259,463,36,0,0,0,0,0},
{53,665,35,21,0,0,1,4},{2005,665,34,20,0,0,0,4},{101,265,30,0,0,0,0,1},{178,265,31,0,0,0,0,13},
/* AppointmentResponse */
{10,669,0,0,0,0,0,4},{1745,670,11,0,0,0,0,0},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{1998,499,13,0,88,0,0,4},{1756,670,10,0,0,0,0,0},{1772,675,15,0,0,0,0,0},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{2036,499,9,0,96,0,1,4},
{148,678,2,0,0,0,0,12},{2049,100,12,224,0,0,0,21},{178,265,7,0,0,0,0,9},{2066,665,14,21,0,0,1,12},
/* Attachment */
{10,675,0,0,0,0,0,2},{287,679,5,0,0,0,0,4},{2097,662,4,0,0,0,0,0},{2103,662,7,0,0,0,0,4},
{2109,677,6,0,0,0,0,4},{310,675,8,0,0,0,0,4},{2115,667,9,0,0,0,0,4},{80,665,3,0,0,0,0,4},
{101,265,1,0,0,0,0,1},{2125,665,2,0,0,0,0,4},
/* AuditEvent */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,101,8,225,0,0,1,20},{2150,19,16,0,0,0,1,1},
{2157,665,10,22,0,0,0,4},{2165,21,43,0,0,0,0,1},{259,463,11,0,0,0,0,0},{2173,23,36,0,0,0,1,0},
{1070,665,13,23,0,0,0,4},{2181,101,9,226,0,0,0,21},{80,665,3,0,0,0,0,0},{2190,670,12,0,0,0,1,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{2200,675,14,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{2213,100,15,227,0,0,0,21},{178,265,7,0,0,0,0,9},
/* AuditEvent.agent */
{10,675,17,0,0,0,0,2},{2247,499,22,0,98,0,0,4},{20,675,24,0,0,0,0,0},{972,100,21,0,0,0,0,1},
{32,100,20,228,0,0,0,16},{2252,675,23,0,0,0,0,0},{2259,101,28,229,0,0,0,16},{2266,678,27,0,0,0,0,1},
{2274,20,29,0,0,0,0,0},{428,499,26,0,19,0,0,0},{101,265,18,0,0,0,0,1},{2283,663,25,0,0,0,1,4},
{2294,100,35,227,0,0,0,17},{178,265,19,0,0,0,0,13},
/* AuditEvent.agent.network */
{10,675,30,0,0,0,0,2},{32,665,34,24,0,0,0,0},{2334,675,33,0,0,0,0,0},{101,265,31,0,0,0,0,1},
{178,265,32,0,0,0,0,13},
/* AuditEvent.entity */
{10,675,44,0,0,0,0,2},{20,675,52,0,0,0,0,4},{972,101,49,232,0,0,0,16},{32,101,48,231,0,0,0,16},
{2362,499,47,0,0,0,0,4},{2368,662,54,0,0,0,0,4},{2375,22,55,0,0,0,0,1},{101,265,45,0,0,0,0,1},
{2383,101,50,0,0,0,0,0},{135,675,53,0,0,0,0,0},{2394,101,51,233,0,0,0,17},{178,265,46,0,0,0,0,13},
/* AuditEvent.entity.detail */
{10,675,56,0,0,0,0,2},{32,675,59,0,0,0,1,0},{101,265,57,0,0,0,0,1},{2435,675,60,0,0,1,1,0},
{178,265,58,0,0,0,0,13},{2448,662,60,0,0,1,1,0},
/* AuditEvent.source */
{10,675,37,0,0,0,0,2},{2486,675,40,0,0,0,0,0},{32,101,42,230,0,0,0,17},{2492,499,41,0,98,0,1,4},
{101,265,38,0,0,0,0,1},{178,265,39,0,0,0,0,13},
/* BackboneElement */
{10,675,0,0,0,0,0,2},{101,265,1,0,0,0,0,1},{178,265,2,0,0,0,0,13},
/* Basic */
{10,669,0,0,0,0,0,4},{292,100,9,0,0,0,1,12},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{331,499,12,0,105,0,0,4},{1781,666,11,0,0,0,0,4},{61,499,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Binary */
{10,669,0,0,0,0,0,4},{2097,662,6,0,0,0,0,0},{14,415,1,0,0,0,0,4},{80,665,3,0,0,0,0,0},{2125,665,4,0,0,0,1,4},
{148,678,2,0,0,0,0,12},{2534,499,5,0,0,0,0,4},
/* BiologicallyDerivedProduct */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2579,499,14,0,111,0,0,1},
{53,665,11,26,0,0,0,0},{2587,499,12,0,81,0,0,1},{2596,31,36,0,0,0,0,1},{80,665,3,0,0,0,0,0},
{438,671,13,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{2605,28,15,0,0,0,0,0},
{123,284,8,0,0,0,0,5},{2617,30,22,0,0,0,0,1},{2629,100,10,0,0,0,0,0},{2642,29,30,0,0,0,0,0},
{148,678,2,0,0,0,0,12},{2656,665,9,25,0,0,0,0},{178,265,7,0,0,0,0,9},
/* BiologicallyDerivedProduct.collection */
{10,675,16,0,0,0,0,2},{2173,499,20,0,113,0,0,0},{2712,499,19,0,69,0,0,0},{101,265,17,0,0,0,0,1},
{2723,463,21,0,0,1,0,0},{2740,667,21,0,0,1,0,0},{178,265,18,0,0,0,0,13},
/* BiologicallyDerivedProduct.manipulation */
{10,675,31,0,0,0,0,2},{101,265,32,0,0,0,0,1},{2800,463,35,0,0,1,0,0},{135,675,34,0,0,0,0,0},
{2812,667,35,0,0,1,0,0},{178,265,33,0,0,0,0,13},
/* BiologicallyDerivedProduct.processing */
{10,675,23,0,0,0,0,2},{2865,499,28,0,116,0,0,0},{101,265,24,0,0,0,0,1},{2875,100,27,0,0,0,0,0},
{2800,463,29,0,0,1,0,0},{135,675,26,0,0,0,0,0},{2812,667,29,0,0,1,0,0},{178,265,25,0,0,0,0,13},
/* BiologicallyDerivedProduct.storage */
{10,675,37,0,0,0,0,2},{2922,665,42,27,0,0,0,0},{2929,463,43,0,0,0,0,0},{101,265,38,0,0,0,0,1},
{135,675,40,0,0,0,0,0},{2939,668,41,0,0,0,0,0},{178,265,39,0,0,0,0,13},
/* BodyStructure */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2967,17,14,0,0,0,0,1},{2974,663,9,0,0,0,0,12},
{1449,499,15,0,72,0,1,4},{80,665,3,0,0,0,0,0},{428,100,11,0,0,0,0,4},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{2982,100,10,0,0,0,0,4},{135,675,13,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{2994,100,12,0,0,0,0,1},{178,265,7,0,0,0,0,9},
/* Bundle */
{10,669,0,0,0,0,0,4},{3021,38,8,0,0,0,0,5},{14,415,1,0,0,0,0,4},{32,665,5,28,0,0,1,4},{3027,34,14,0,0,0,0,5},
{3034,677,7,0,0,0,0,4},{80,665,3,0,0,0,0,0},{3041,528,46,0,0,0,0,4},{3052,670,6,0,0,0,0,4},
{123,284,4,0,0,0,0,4},{148,678,2,0,0,0,0,12},
/* Bundle.entry */
{10,675,15,0,0,0,0,2},{3021,38,18,0,0,0,0,5},{3077,37,21,0,0,0,0,4},{3085,678,19,0,0,0,0,4},
{2587,35,27,0,0,0,0,4},{3094,514,20,0,0,0,0,4},{3104,36,37,0,0,0,0,4},{101,265,16,0,0,0,0,1},
{178,265,17,0,0,0,0,13},
/* Bundle.entry.request */
{10,675,28,0,0,0,0,2},{287,678,32,0,0,0,1,4},{1345,665,31,30,0,0,1,4},{3136,675,35,0,0,0,0,4},
{101,265,29,0,0,0,0,1},{3145,675,36,0,0,0,0,4},{3158,675,33,0,0,0,0,4},{3171,670,34,0,0,0,0,4},
{178,265,30,0,0,0,0,13},
/* Bundle.entry.response */
{10,675,38,0,0,0,0,2},{3211,675,43,0,0,0,0,4},{53,675,41,0,0,0,1,4},{1070,514,45,0,0,0,0,4},
{428,678,42,0,0,0,0,4},{101,265,39,0,0,0,0,1},{3217,670,44,0,0,0,0,4},{178,265,40,0,0,0,0,13},
/* Bundle.entry.search */
{10,675,22,0,0,0,0,2},{3252,665,25,29,0,0,0,4},{3258,668,26,0,0,0,0,4},{101,265,23,0,0,0,0,1},
{178,265,24,0,0,0,0,13},
/* Bundle.link */
{10,675,9,0,0,0,0,2},{287,678,13,0,0,0,1,4},{3278,675,12,0,0,0,1,4},{101,265,10,0,0,0,0,1},
{178,265,11,0,0,0,0,13},
/* CapabilityStatement */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,14,0,0,0,1,4},{304,665,22,31,0,0,1,4},
{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,0,4},{3309,45,43,0,0,0,0,5},{26,428,4,0,0,0,0,0},{310,675,11,0,0,0,0,4},
{3315,665,40,0,0,0,1,5},{53,665,12,2,0,0,1,12},{363,128,16,0,0,0,0,5},{3323,664,24,0,0,0,0,5},
{390,672,20,0,0,0,0,0},{399,675,9,0,0,0,0,4},{3332,40,122,0,0,0,0,5},{80,665,3,0,0,0,0,0},
{3342,52,25,0,0,0,0,4},{90,514,5,0,0,0,0,1},{468,672,21,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{3352,42,104,0,0,0,0,5},{479,675,15,0,0,0,0,4},{512,645,18,0,0,0,0,5},{135,672,17,0,0,0,0,0},
{3363,665,39,32,0,0,1,4},{3376,665,41,0,0,0,0,5},{592,663,13,0,0,0,0,4},{3389,664,23,0,0,0,0,5},
{606,100,19,0,0,0,0,5},{148,678,2,0,0,0,0,12},{3403,41,32,0,0,0,0,4},{178,265,7,0,0,0,0,9},
{3419,664,42,0,0,0,0,5},
/* CapabilityStatement.document */
{10,675,123,0,0,0,0,2},{3252,665,126,43,0,0,1,4},{381,664,128,0,0,0,1,4},{101,265,124,0,0,0,0,1},
{3470,672,127,0,0,0,0,0},{178,265,125,0,0,0,0,13},
/* CapabilityStatement.implementation */
{10,675,33,0,0,0,0,2},{287,679,37,0,0,0,0,4},{3521,499,38,0,1,0,0,4},{101,265,34,0,0,0,0,1},
{135,675,36,0,0,0,1,4},{178,265,35,0,0,0,0,13},
/* CapabilityStatement.messaging */
{10,675,105,0,0,0,0,2},{3563,43,108,0,0,0,0,1},{101,265,106,0,0,0,0,1},{3470,672,115,0,0,0,0,0},
{3573,677,114,0,0,0,0,0},{3588,44,116,0,0,0,0,5},{178,265,107,0,0,0,0,13},
/* CapabilityStatement.messaging.endpoint */
{10,675,109,0,0,0,0,2},{2334,679,113,0,0,0,1,0},{3646,101,112,235,0,0,1,16},{101,265,110,0,0,0,0,1},
{178,265,111,0,0,0,0,13},
/* CapabilityStatement.messaging.supportedMessage */
{10,675,117,0,0,0,0,2},{3252,665,120,42,0,0,1,4},{101,265,118,0,0,0,0,1},{3704,664,121,0,0,0,1,4},
{178,265,119,0,0,0,0,13},
/* CapabilityStatement.rest */
{10,675,44,0,0,0,0,2},{3252,665,47,33,0,0,1,4},{3094,47,56,0,0,0,0,5},{3742,51,49,0,0,0,0,4},
{101,265,45,0,0,0,0,1},{3752,49,102,0,0,0,0,5},{3763,664,103,0,0,0,0,1},{3776,46,95,0,0,0,0,1},
{3789,50,101,0,0,0,0,1},{3470,672,48,0,0,0,0,0},{178,265,46,0,0,0,0,13},
/* CapabilityStatement.rest.interaction */
{10,675,96,0,0,0,0,2},{292,665,99,41,0,0,1,0},{101,265,97,0,0,0,0,1},{3470,672,100,0,0,0,0,0},
{178,265,98,0,0,0,0,13},
/* CapabilityStatement.rest.resource */
{10,675,57,0,0,0,0,2},{32,665,60,34,0,0,1,4},{381,664,61,0,0,0,0,4},{101,265,58,0,0,0,0,1},
{3752,49,88,0,0,0,0,5},{3875,665,70,36,0,0,0,0},{3776,48,64,0,0,0,0,1},{3887,663,71,0,0,0,0,0},
{3789,50,80,0,0,0,0,1},{3900,663,72,0,0,0,0,0},{3470,672,63,0,0,0,0,0},{3914,675,78,0,0,0,0,1},
{3929,665,74,37,0,0,0,0},{3946,665,77,39,0,0,0,1},{3963,675,79,0,0,0,0,1},{3981,664,62,0,0,0,0,5},
{3999,663,73,0,0,0,0,0},{4018,665,76,38,0,0,0,0},{4037,663,75,0,0,0,0,0},{178,265,59,0,0,0,0,13},
/* CapabilityStatement.rest.resource.interaction */
{10,675,65,0,0,0,0,2},{292,665,68,35,0,0,1,0},{101,265,66,0,0,0,0,1},{3470,672,69,0,0,0,0,0},
{178,265,67,0,0,0,0,13},
/* CapabilityStatement.rest.resource.operation */
{10,675,89,0,0,0,0,2},{20,675,92,0,0,0,1,4},{101,265,90,0,0,0,0,1},{3704,664,93,0,0,0,1,4},
{3470,672,94,0,0,0,0,0},{178,265,91,0,0,0,0,13},
/* CapabilityStatement.rest.resource.searchParam */
{10,675,81,0,0,0,0,2},{20,675,84,0,0,0,1,0},{32,665,86,40,0,0,1,0},{101,265,82,0,0,0,0,1},
{3704,664,85,0,0,0,0,0},{3470,672,87,0,0,0,0,0},{178,265,83,0,0,0,0,13},
/* CapabilityStatement.rest.security */
{10,675,50,0,0,0,0,2},{4230,663,53,0,0,0,0,4},{4236,100,54,234,0,0,0,21},{101,265,51,0,0,0,0,1},
{135,672,55,0,0,0,0,0},{178,265,52,0,0,0,0,13},
/* CapabilityStatement.software */
{10,675,26,0,0,0,0,2},{20,675,29,0,0,0,1,4},{399,675,30,0,0,0,0,4},{101,265,27,0,0,0,0,1},
{4275,667,31,0,0,0,0,4},{178,265,28,0,0,0,0,13},
/* CarePlan */
{10,669,0,0,0,0,0,4},{4298,499,28,0,118,0,0,1},{14,415,1,0,0,0,0,4},{1443,13,58,0,0,0,0,1},
{26,428,4,0,0,0,0,0},{310,675,17,0,0,0,0,4},{331,499,23,0,120,0,0,4},{355,665,15,45,0,0,1,12},
{45,499,13,0,128,0,0,5},{259,463,21,0,0,0,0,4},{53,665,14,44,0,0,1,12},{1763,499,11,0,128,0,0,5},
{1781,667,22,0,0,0,0,4},{61,499,19,0,130,0,1,4},{4304,54,29,0,0,0,0,1},{4314,499,25,0,133,0,0,1},
{1079,100,16,0,0,0,0,5},{80,665,3,0,0,0,0,0},{4324,499,12,0,128,0,0,5},{4334,499,26,0,50,0,0,5},
{90,514,5,0,0,0,0,1},{1130,499,20,0,42,0,0,4},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{1141,499,24,0,120,0,0,1},{135,675,18,0,0,0,0,4},{148,678,2,0,0,0,0,12},{4345,499,27,0,0,0,0,1},
{4361,678,10,0,0,0,0,5},{178,265,7,0,0,0,0,9},{4378,664,9,0,0,0,0,5},
/* CarePlan.activity */
{10,675,30,0,0,0,0,2},{2375,55,37,0,0,0,0,0},{4420,13,35,0,0,0,0,1},{101,265,31,0,0,0,0,1},
{4430,499,36,0,135,0,0,0},{4441,499,34,0,0,0,0,1},{178,265,32,0,0,0,0,13},{4459,100,33,0,0,0,0,1},
/* CarePlan.activity.detail */
{10,675,38,0,0,0,0,2},{292,100,44,0,0,0,0,0},{4298,499,47,0,118,0,0,1},{304,665,41,46,0,0,0,0},
{53,665,48,47,0,0,1,8},{428,499,52,0,19,0,0,0},{438,488,56,0,0,0,0,0},{101,265,39,0,0,0,0,1},
{4509,499,53,0,145,0,0,1},{1801,100,45,0,0,0,0,1},{4520,488,55,0,0,0,0,0},{135,675,57,0,0,0,0,0},
{564,663,50,0,0,0,0,8},{4533,100,49,0,0,0,0,0},{4361,678,43,0,0,0,0,1},{1860,499,46,0,154,0,0,1},
{4547,463,51,0,0,1,0,0},{4564,675,51,0,0,1,0,0},{4581,642,51,0,0,1,0,0},{730,499,54,0,21,2,0,0},
{178,265,40,0,0,0,0,13},{4378,664,42,0,0,0,0,1},{811,100,54,0,0,2,0,0},
/* CareTeam */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{1443,13,27,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{259,463,14,0,0,0,0,4},{53,665,9,48,0,0,0,12},{61,499,12,0,130,0,0,4},{4608,129,26,0,0,0,0,1},
{1079,100,10,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,13,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,23,0,0,0,0,1},{524,57,15,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{1860,499,24,0,50,0,0,1},{178,265,7,0,0,0,0,9},{4617,499,25,0,1,0,0,5},
/* CareTeam.participant */
{10,675,16,0,0,0,0,2},{972,100,19,0,0,0,0,5},{4661,499,20,0,159,0,0,4},{259,463,22,0,0,0,0,0},
{101,265,17,0,0,0,0,1},{4669,499,21,0,1,0,0,4},{178,265,18,0,0,0,0,13},
/* CatalogEntry */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,9,0,0,0,0,0},{53,665,14,2,0,0,0,0},
{4695,667,16,0,0,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{4704,663,10,0,0,0,1,4},{123,284,8,0,0,0,0,5},{4715,667,17,0,0,0,0,0},{4728,59,20,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{4742,100,13,0,0,0,0,1},{4758,499,11,0,166,0,1,4},{4774,463,15,0,0,0,0,0},
{178,265,7,0,0,0,0,9},{4790,284,12,0,0,0,0,1},{4812,100,18,0,0,0,0,1},{4838,100,19,0,0,0,0,1},
/* CatalogEntry.relatedEntry */
{10,675,21,0,0,0,0,2},{4891,499,25,0,178,0,1,0},{101,265,22,0,0,0,0,1},{4897,665,24,49,0,0,1,0},
{178,265,23,0,0,0,0,13},
/* ChargeItem */
{10,669,0,0,0,0,0,4},{292,100,13,0,0,0,1,4},{14,415,1,0,0,0,0,4},{1443,13,37,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{45,499,12,0,180,0,0,1},{4923,100,33,0,0,0,0,1},{53,665,11,50,0,0,1,12},{4931,499,36,0,3,0,0,5},
{4940,499,15,0,182,0,0,4},{4949,499,31,0,98,0,0,4},{4236,499,34,0,185,0,0,1},{61,499,14,0,130,0,1,4},
{4958,100,27,0,0,0,0,5},{80,665,3,0,0,0,0,0},{438,488,26,0,0,0,0,4},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{4509,61,17,0,0,0,0,1},{4968,499,25,0,1,0,0,0},{123,284,8,0,0,0,0,5},
{4980,667,32,0,0,0,0,4},{4993,678,9,0,0,0,0,1},{148,678,2,0,0,0,0,12},{5008,425,29,0,0,0,0,0},
{5023,668,28,0,0,0,0,0},{5039,675,30,0,0,0,0,0},{5055,463,16,0,0,1,0,4},{5073,642,16,0,0,1,0,4},
{730,499,35,0,194,2,0,0},{178,265,7,0,0,0,0,9},{5091,667,16,0,0,1,0,4},{5111,664,10,0,0,0,0,1},
{1950,499,38,0,0,0,0,1},{5132,499,23,0,1,0,0,0},{811,100,35,0,0,2,0,0},{5156,499,24,0,1,0,0,0},
/* ChargeItem.performer */
{10,675,18,0,0,0,0,2},{1998,499,22,0,120,0,1,0},{5202,100,21,0,0,0,0,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* ChargeItemDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{292,100,27,0,0,0,0,4},{298,667,17,0,0,0,0,4},{14,415,1,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{310,675,11,0,0,0,0,4},{45,664,13,0,0,0,0,5},{53,665,15,2,0,0,1,12},
{363,128,19,0,0,0,0,5},{399,675,10,0,0,0,0,4},{1286,499,28,0,194,0,0,1},{80,665,3,0,0,0,0,0},
{4324,664,14,0,0,0,0,5},{90,514,5,0,0,0,0,1},{468,672,23,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{479,675,18,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,21,0,0,0,0,5},{135,672,20,0,0,0,0,4},
{550,666,24,0,0,0,0,0},{592,663,16,0,0,0,0,4},{606,100,22,0,0,0,0,5},{5234,63,29,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{5249,64,36,0,0,0,0,1},{5264,678,12,0,0,0,0,5},{648,666,25,0,0,0,0,0},
{696,463,26,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* ChargeItemDefinition.applicability */
{10,675,30,0,0,0,0,2},{80,675,34,0,0,0,0,0},{101,265,31,0,0,0,0,1},{928,675,35,0,0,0,0,0},
{135,675,33,0,0,0,0,0},{178,265,32,0,0,0,0,13},
/* ChargeItemDefinition.propertyGroup */
{10,675,37,0,0,0,0,2},{101,265,38,0,0,0,0,1},{5234,63,40,0,0,0,0,1},{5352,65,41,0,0,0,0,1},
{178,265,39,0,0,0,0,13},
/* ChargeItemDefinition.propertyGroup.priceComponent */
{10,675,42,0,0,0,0,2},{292,100,46,0,0,0,0,0},{32,665,45,51,0,0,1,0},{5419,425,48,0,0,0,0,0},
{5427,668,47,0,0,0,0,0},{101,265,43,0,0,0,0,1},{178,265,44,0,0,0,0,13},
/* Claim */
{10,669,0,0,0,0,0,4},{987,665,12,53,0,0,1,4},{4891,71,93,0,0,0,0,1},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{32,100,10,236,0,0,1,20},{5442,74,30,0,0,0,0,0},{3034,425,147,0,0,0,0,0},{53,665,9,52,0,0,1,12},
{1781,667,15,0,0,0,1,4},{4949,499,16,0,69,0,0,0},{5449,499,17,0,1,0,0,4},{1449,499,13,0,72,0,1,4},
{5458,76,21,0,0,0,0,1},{5467,100,11,0,0,0,0,0},{5476,67,86,0,0,0,0,0},{4314,68,38,0,0,0,0,1},
{5486,499,37,0,19,0,0,0},{80,665,3,0,0,0,0,0},{215,100,19,0,0,0,1,4},{5496,499,18,0,198,0,1,4},
{5506,499,36,0,81,0,0,0},{90,514,5,0,0,0,0,1},{5516,69,57,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{5527,70,75,0,0,0,1,5},{2875,75,66,0,0,0,0,1},{123,284,8,0,0,0,0,1},{5538,100,20,0,0,0,0,0},
{5552,499,28,0,202,0,0,0},{148,678,2,0,0,0,0,12},{5566,463,14,0,0,0,0,4},{4345,77,47,0,0,0,0,1},
{178,265,7,0,0,0,0,9},{5582,499,29,0,202,0,0,0},
/* Claim.accident */
{10,675,87,0,0,0,0,2},{298,666,90,0,0,0,1,0},{32,100,91,237,0,0,0,16},{101,265,88,0,0,0,0,1},
{5620,6,92,0,0,1,0,0},{5637,499,92,0,19,1,0,0},{178,265,89,0,0,0,0,13},
/* Claim.careTeam */
{10,675,39,0,0,0,0,2},{972,100,45,0,0,0,0,0},{5496,499,43,0,198,0,1,0},{5672,674,42,0,0,0,1,0},
{101,265,40,0,0,0,0,1},{5682,663,44,0,0,0,0,0},{5695,100,46,0,0,0,0,0},{178,265,41,0,0,0,0,13},
/* Claim.diagnosis */
{10,675,58,0,0,0,0,2},{32,100,63,0,0,0,0,1},{5672,674,61,0,0,0,1,0},{101,265,59,0,0,0,0,1},
{5727,100,64,0,0,0,0,0},{5740,100,65,0,0,0,0,0},{178,265,60,0,0,0,0,13},{5753,499,62,0,50,1,1,0},
{5773,100,62,0,0,1,1,0},
/* Claim.insurance */
{10,675,76,0,0,0,0,2},{5816,663,80,0,0,0,1,4},{70,499,82,0,13,0,1,4},{5672,674,79,0,0,0,1,4},
{101,265,77,0,0,0,0,1},{123,284,81,0,0,0,0,0},{5823,675,84,0,0,0,0,1},{5835,499,85,0,206,0,0,0},
{178,265,78,0,0,0,0,13},{5850,675,83,0,0,0,0,0},
/* Claim.item */
{10,675,94,0,0,0,0,2},{5883,425,112,0,0,0,0,0},{5888,499,113,0,208,0,0,1},{2375,72,117,0,0,0,0,1},
{5427,668,111,0,0,0,0,0},{5893,100,102,0,0,0,0,0},{5902,100,115,0,0,0,0,1},{408,100,114,0,0,0,0,0},
{1079,100,103,0,0,0,0,0},{5911,100,105,0,0,0,0,1},{438,488,109,0,0,0,0,0},{5672,674,97,0,0,0,1,0},
{1130,499,116,0,42,0,0,1},{101,265,95,0,0,0,0,1},{5921,425,110,0,0,0,0,0},{5932,100,106,0,0,0,0,1},
{5945,666,107,0,0,1,0,0},{5959,463,107,0,0,1,0,0},{5620,6,108,0,0,2,0,0},{5975,674,98,0,0,0,0,1},
{5993,100,104,0,0,0,1,0},{6011,674,99,0,0,0,0,1},{5637,499,108,0,19,2,0,0},{178,265,96,0,0,0,0,13},
{6030,674,100,0,0,0,0,1},{6049,674,101,0,0,0,0,1},{6070,100,108,0,0,2,0,0},
/* Claim.item.detail */
{10,675,118,0,0,0,0,2},{5883,425,130,0,0,0,0,0},{5888,499,131,0,208,0,0,1},{5427,668,129,0,0,0,0,0},
{5893,100,122,0,0,0,0,0},{1079,100,123,0,0,0,0,0},{5911,100,125,0,0,0,0,1},{438,488,127,0,0,0,0,0},
{5672,674,121,0,0,0,1,0},{101,265,119,0,0,0,0,1},{6114,73,132,0,0,0,0,1},{5921,425,128,0,0,0,0,0},
{5932,100,126,0,0,0,0,1},{5993,100,124,0,0,0,1,0},{178,265,120,0,0,0,0,13},
/* Claim.item.detail.subDetail */
{10,675,133,0,0,0,0,2},{5883,425,145,0,0,0,0,0},{5888,499,146,0,208,0,0,1},{5427,668,144,0,0,0,0,0},
{5893,100,137,0,0,0,0,0},{1079,100,138,0,0,0,0,0},{5911,100,140,0,0,0,0,1},{438,488,142,0,0,0,0,0},
{5672,674,136,0,0,0,1,0},{101,265,134,0,0,0,0,1},{5921,425,143,0,0,0,0,0},{5932,100,141,0,0,0,0,1},
{5993,100,139,0,0,0,1,0},{178,265,135,0,0,0,0,13},
/* Claim.payee */
{10,675,31,0,0,0,0,2},{32,100,34,0,0,0,1,0},{244,499,35,0,105,0,0,0},{101,265,32,0,0,0,0,1},
{178,265,33,0,0,0,0,13},
/* Claim.procedure */
{10,675,67,0,0,0,0,2},{5888,499,74,0,208,0,0,1},{298,667,72,0,0,0,0,0},{32,100,71,0,0,0,0,1},
{5672,674,70,0,0,0,1,0},{101,265,68,0,0,0,0,1},{178,265,69,0,0,0,0,13},{6184,499,73,0,210,1,1,0},
{6204,100,73,0,0,1,1,0},
/* Claim.related */
{10,675,22,0,0,0,0,2},{6245,499,25,0,212,0,0,0},{101,265,23,0,0,0,0,1},{4430,284,27,0,0,0,0,0},
{6252,100,26,0,0,0,0,0},{178,265,24,0,0,0,0,13},
/* Claim.supportingInfo */
{10,675,48,0,0,0,0,2},{292,100,53,0,0,0,0,0},{4923,100,56,0,0,0,0,0},{1079,100,52,0,0,0,1,0},
{5672,674,51,0,0,0,1,0},{101,265,49,0,0,0,0,1},{6288,666,54,0,0,1,0,0},{2435,675,55,0,0,2,0,0},
{620,463,54,0,0,1,0,0},{6300,663,55,0,0,2,0,0},{6314,488,55,0,0,2,0,0},{6329,499,55,0,0,2,0,0},
{6345,17,55,0,0,2,0,0},{178,265,50,0,0,0,0,13},
/* ClaimResponse */
{10,669,0,0,0,0,0,4},{987,665,12,53,0,0,1,4},{6377,17,115,0,0,0,0,0},{4891,84,23,0,0,0,0,1},
{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,236,0,0,1,20},{6383,82,134,0,0,0,0,1},
{3034,90,97,0,0,0,0,5},{53,665,9,52,0,0,1,12},{6390,79,51,0,0,0,0,1},{1781,667,14,0,0,0,1,4},
{5449,499,15,0,1,0,1,4},{1070,665,18,54,0,0,1,4},{1449,499,13,0,72,0,1,4},{6399,88,103,0,0,0,0,0},
{2587,499,17,0,212,0,0,4},{5467,100,11,0,0,0,0,0},{6408,100,114,0,0,0,0,0},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{5527,83,125,0,0,0,0,1},{6418,100,22,0,0,0,0,0},
{2283,499,16,0,198,0,0,0},{123,284,8,0,0,0,0,1},{5823,675,20,0,0,0,0,0},{6429,675,19,0,0,0,0,0},
{6442,89,116,0,0,0,0,1},{6455,85,96,0,0,0,0,1},{5538,100,113,0,0,0,0,0},{148,678,2,0,0,0,0,12},
{6469,463,21,0,0,0,0,0},{178,265,7,0,0,0,0,9},{6484,499,124,0,214,0,0,1},
/* ClaimResponse.addItem */
{10,675,52,0,0,0,0,2},{5883,425,67,0,0,0,0,0},{2375,80,72,0,0,0,0,1},{5427,668,66,0,0,0,0,0},
{5902,100,69,0,0,0,0,1},{408,100,68,0,0,0,0,0},{5911,100,60,0,0,0,0,1},{5496,499,58,0,198,0,0,1},
{438,488,64,0,0,0,0,0},{101,265,53,0,0,0,0,1},{5921,425,65,0,0,0,0,0},{6529,674,70,0,0,0,0,1},
{5932,100,61,0,0,0,0,1},{6455,85,71,0,0,0,1,1},{6541,674,55,0,0,0,0,1},{5945,666,62,0,0,1,0,0},
{6555,674,56,0,0,0,0,1},{5959,463,62,0,0,1,0,0},{5620,6,63,0,0,2,0,0},{5993,100,59,0,0,0,1,0},
{5637,499,63,0,19,2,0,0},{178,265,54,0,0,0,0,13},{6571,674,57,0,0,0,0,1},{6070,100,63,0,0,2,0,0},
/* ClaimResponse.addItem.detail */
{10,675,73,0,0,0,0,2},{5883,425,81,0,0,0,0,0},{5427,668,80,0,0,0,0,0},{5911,100,77,0,0,0,0,1},
{438,488,78,0,0,0,0,0},{101,265,74,0,0,0,0,1},{6114,81,84,0,0,0,0,1},{5921,425,79,0,0,0,0,0},
{6529,674,82,0,0,0,0,1},{6455,85,83,0,0,0,1,1},{5993,100,76,0,0,0,1,0},{178,265,75,0,0,0,0,13},
/* ClaimResponse.addItem.detail.subDetail */
{10,675,85,0,0,0,0,2},{5883,425,93,0,0,0,0,0},{5427,668,92,0,0,0,0,0},{5911,100,89,0,0,0,0,1},
{438,488,90,0,0,0,0,0},{101,265,86,0,0,0,0,1},{5921,425,91,0,0,0,0,0},{6529,674,94,0,0,0,0,1},
{6455,85,95,0,0,0,1,1},{5993,100,88,0,0,0,1,0},{178,265,87,0,0,0,0,13},
/* ClaimResponse.error */
{10,675,135,0,0,0,0,2},{292,100,141,0,0,0,1,0},{101,265,136,0,0,0,0,1},{6541,674,138,0,0,0,0,0},
{6555,674,139,0,0,0,0,0},{178,265,137,0,0,0,0,13},{6681,674,140,0,0,0,0,0},
/* ClaimResponse.insurance */
{10,675,126,0,0,0,0,2},{5816,663,130,0,0,0,1,0},{70,499,131,0,13,0,1,0},{5672,674,129,0,0,0,1,0},
{101,265,127,0,0,0,0,1},{5835,499,133,0,206,0,0,0},{178,265,128,0,0,0,0,13},{5850,675,132,0,0,0,0,0},
/* ClaimResponse.item */
{10,675,24,0,0,0,0,2},{2375,86,37,0,0,0,0,1},{101,265,25,0,0,0,0,1},{6529,674,28,0,0,0,0,1},
{6455,85,29,0,0,0,1,1},{6541,674,27,0,0,0,1,0},{178,265,26,0,0,0,0,13},
/* ClaimResponse.item.adjudication */
{10,675,30,0,0,0,0,2},{1396,668,36,0,0,0,0,0},{5419,425,35,0,0,0,0,0},{4923,100,34,0,0,0,0,0},
{1079,100,33,0,0,0,1,0},{101,265,31,0,0,0,0,1},{178,265,32,0,0,0,0,13},
/* ClaimResponse.item.detail */
{10,675,38,0,0,0,0,2},{101,265,39,0,0,0,0,1},{6114,87,44,0,0,0,0,1},{6529,674,42,0,0,0,0,1},
{6455,85,43,0,0,0,1,1},{6555,674,41,0,0,0,1,0},{178,265,40,0,0,0,0,13},
/* ClaimResponse.item.detail.subDetail */
{10,675,45,0,0,0,0,2},{101,265,46,0,0,0,0,1},{6529,674,49,0,0,0,0,1},{6455,85,50,0,0,0,0,1},
{178,265,47,0,0,0,0,13},{6681,674,48,0,0,0,1,0},
/* ClaimResponse.payment */
{10,675,104,0,0,0,0,2},{298,666,110,0,0,0,0,0},{32,100,107,0,0,0,1,0},{5419,425,111,0,0,0,1,0},
{101,265,105,0,0,0,0,1},{6865,425,108,0,0,0,0,0},{123,284,112,0,0,0,0,0},{6877,100,109,0,0,0,0,0},
{178,265,106,0,0,0,0,13},
/* ClaimResponse.processNote */
{10,675,117,0,0,0,0,2},{26,675,122,0,0,0,1,0},{32,665,121,55,0,0,0,0},{6922,674,120,0,0,0,0,0},
{80,100,123,0,0,0,0,0},{101,265,118,0,0,0,0,1},{178,265,119,0,0,0,0,13},
/* ClaimResponse.total */
{10,675,98,0,0,0,0,2},{5419,425,102,0,0,0,1,4},{1079,100,101,0,0,0,1,4},{101,265,99,0,0,0,0,1},
{178,265,100,0,0,0,0,13},
/* ClinicalImpression */
{10,669,0,0,0,0,0,4},{292,100,11,0,0,0,0,4},{298,667,16,0,0,0,0,4},{14,415,1,0,0,0,0,4},
{1443,13,38,0,0,0,0,1},{26,428,4,0,0,0,0,0},{53,665,9,56,0,0,1,12},{6971,92,28,0,0,0,0,1},
{6980,499,19,0,216,0,0,5},{61,499,13,0,130,0,1,4},{6989,675,27,0,0,0,0,0},{6998,499,17,0,69,0,0,4},
{80,665,3,0,0,0,0,0},{7008,499,18,0,219,0,0,0},{3646,678,26,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{1130,499,14,0,42,0,0,4},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{135,675,12,0,0,0,0,4},
{4533,100,10,0,0,0,0,0},{148,678,2,0,0,0,0,12},{7018,93,20,0,0,0,0,1},{4345,499,37,0,0,0,0,1},
{696,463,15,0,0,1,0,4},{7033,667,15,0,0,1,0,4},{178,265,7,0,0,0,0,9},{7052,499,36,0,221,0,0,1},
{7072,100,35,0,0,0,0,1},
/* ClinicalImpression.finding */
{10,675,29,0,0,0,0,2},{7126,675,34,0,0,0,0,0},{101,265,30,0,0,0,0,1},{7133,499,33,0,223,0,0,0},
{178,265,31,0,0,0,0,13},{7148,100,32,0,0,0,0,0},
/* ClinicalImpression.investigation */
{10,675,21,0,0,0,0,2},{292,100,24,0,0,0,1,0},{4891,499,25,0,227,0,0,1},{101,265,22,0,0,0,0,1},
{178,265,23,0,0,0,0,13},
/* CodeSystem */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{7215,677,30,0,0,0,0,4},{310,675,12,0,0,0,0,4},{7222,98,31,0,0,0,0,5},
{53,665,13,2,0,0,1,12},{7230,95,47,0,0,0,0,1},{363,128,17,0,0,0,0,5},{7239,665,28,58,0,0,1,4},
{390,672,21,0,0,0,0,0},{399,675,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},{7248,99,39,0,0,0,0,5},
{7258,664,24,0,0,0,0,4},{90,514,5,0,0,0,0,1},{468,672,22,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{479,675,16,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,19,0,0,0,0,5},{135,672,18,0,0,0,0,0},
{7268,664,29,0,0,0,0,4},{592,663,14,0,0,0,0,4},{606,100,20,0,0,0,0,5},{7281,663,23,0,0,0,0,4},
{7296,663,26,0,0,0,0,4},{148,678,2,0,0,0,0,12},{7311,663,27,0,0,0,0,4},{7326,665,25,57,0,0,0,4},
{178,265,7,0,0,0,0,9},
/* CodeSystem.concept */
{10,675,48,0,0,0,0,2},{292,665,51,0,0,0,1,0},{7230,95,67,0,0,0,0,1},{7364,675,52,0,0,0,0,0},
{7248,97,61,0,0,0,0,1},{101,265,49,0,0,0,0,1},{3704,675,53,0,0,0,0,0},{7373,96,54,0,0,0,0,1},
{178,265,50,0,0,0,0,13},
/* CodeSystem.concept.designation */
{10,675,55,0,0,0,0,2},{987,101,59,0,0,0,0,0},{1396,675,60,0,0,0,1,0},{80,665,58,0,0,0,0,0},
{101,265,56,0,0,0,0,1},{178,265,57,0,0,0,0,13},
/* CodeSystem.concept.property */
{10,675,62,0,0,0,0,2},{292,665,65,0,0,0,1,0},{101,265,63,0,0,0,0,1},{7447,665,66,0,0,1,1,0},
{7458,101,66,0,0,1,1,0},{2435,675,66,0,0,1,1,0},{6300,663,66,0,0,1,1,0},{7471,668,66,0,0,1,1,0},
{7485,671,66,0,0,1,1,0},{7499,667,66,0,0,1,1,0},{178,265,64,0,0,0,0,13},
/* CodeSystem.filter */
{10,675,32,0,0,0,0,2},{292,665,35,0,0,0,1,4},{1396,675,38,0,0,0,1,4},{7533,665,37,59,0,0,1,5},
{101,265,33,0,0,0,0,1},{135,675,36,0,0,0,0,4},{178,265,34,0,0,0,0,13},
/* CodeSystem.property */
{10,675,40,0,0,0,0,2},{7564,678,44,0,0,0,0,4},{292,665,43,0,0,0,1,4},{32,665,46,60,0,0,1,4},
{101,265,41,0,0,0,0,1},{135,675,45,0,0,0,0,4},{178,265,42,0,0,0,0,13},
/* CodeableConcept */
{10,675,0,0,0,0,0,2},{26,675,3,0,0,0,0,4},{7586,101,2,0,0,0,0,5},{101,265,1,0,0,0,0,1},
/* Coding */
{10,675,0,0,0,0,0,2},{292,665,4,0,0,0,0,4},{1403,678,2,0,0,0,0,4},{7364,675,5,0,0,0,0,4},
{399,675,3,0,0,0,0,4},{101,265,1,0,0,0,0,1},{7602,663,6,0,0,0,0,4},
/* Communication */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,34,0,0,0,0,1},{7631,667,23,0,0,0,0,0},{26,428,4,0,0,0,0,0},
{7637,499,21,0,0,0,0,1},{317,100,20,0,0,0,0,0},{7644,100,18,0,0,0,0,1},{45,499,12,0,0,0,0,5},
{7652,499,26,0,235,0,0,0},{53,665,14,61,0,0,1,12},{1763,499,11,0,0,0,0,5},{7660,103,29,0,0,0,0,1},
{61,499,19,0,130,0,0,4},{1079,100,16,0,0,0,0,1},{80,665,3,0,0,0,0,0},{215,665,17,5,0,0,0,4},
{7669,667,24,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,22,0,42,0,0,4},{101,265,6,0,0,0,0,1},
{7679,499,25,0,243,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,27,0,0,0,0,5},{7690,499,13,0,253,0,0,1},
{4533,100,15,0,0,0,0,4},{148,678,2,0,0,0,0,12},{4361,678,10,0,0,0,0,5},{1860,499,28,0,154,0,0,5},
{178,265,7,0,0,0,0,9},{4378,664,9,0,0,0,0,5},
/* Communication.payload */
{10,675,30,0,0,0,0,2},{101,265,31,0,0,0,0,1},{7727,675,33,0,0,1,1,0},{7742,499,33,0,0,1,1,0},
{7760,17,33,0,0,1,1,0},{178,265,32,0,0,0,0,13},
/* CommunicationRequest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,33,0,0,0,0,1},{26,428,4,0,0,0,0,0},{7637,499,19,0,0,0,0,1},
{7644,100,17,0,0,0,0,1},{7652,499,30,0,235,0,0,4},{53,665,12,44,0,0,1,12},{1763,499,9,0,0,0,0,5},
{7660,105,21,0,0,0,0,1},{61,499,18,0,130,0,0,0},{1079,100,14,0,0,0,0,1},{80,665,3,0,0,0,0,0},
{215,665,15,5,0,0,0,4},{4324,499,10,0,214,0,0,5},{90,514,5,0,0,0,0,1},{1130,499,20,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{7679,499,29,0,243,0,0,1},{7801,499,28,0,98,0,0,4},{7812,667,27,0,0,0,0,4},
{123,284,8,0,0,0,0,5},{1801,100,31,0,0,0,0,5},{564,663,16,0,0,0,0,12},{4533,100,13,0,0,0,0,0},
{148,678,2,0,0,0,0,12},{7824,284,11,0,0,0,0,4},{1860,499,32,0,154,0,0,5},{5055,463,26,0,0,1,0,4},
{178,265,7,0,0,0,0,9},{5091,667,26,0,0,1,0,4},
/* CommunicationRequest.payload */
{10,675,22,0,0,0,0,2},{101,265,23,0,0,0,0,1},{7727,675,25,0,0,1,1,0},{7742,499,25,0,0,1,1,0},
{7760,17,25,0,0,1,1,0},{178,265,24,0,0,0,0,13},
/* CompartmentDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{292,665,19,62,0,0,1,4},{298,667,13,0,0,0,0,4},
{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,1,4},{26,428,4,0,0,0,0,0},{3077,663,20,0,0,0,1,4},
{53,665,11,2,0,0,1,12},{363,128,15,0,0,0,0,5},{390,672,18,0,0,0,0,0},{399,675,9,0,0,0,0,4},
{80,665,3,0,0,0,0,0},{3094,107,21,0,0,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{479,675,14,0,0,0,0,4},{512,645,17,0,0,0,0,5},{135,672,16,0,0,0,0,0},{592,663,12,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* CompartmentDefinition.resource */
{10,675,22,0,0,0,0,2},{292,665,25,34,0,0,1,4},{7926,675,26,0,0,0,0,5},{101,265,23,0,0,0,0,1},
{3470,675,27,0,0,0,0,0},{178,265,24,0,0,0,0,13},
/* Composition */
{10,669,0,0,0,0,0,4},{298,667,14,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,0,0,0,1,4},
{1056,110,32,0,0,0,0,5},{310,675,16,0,0,0,1,4},{331,499,15,0,98,0,1,5},{53,665,9,63,0,0,1,12},
{7946,112,39,0,0,0,0,1},{61,499,12,0,0,0,0,4},{7955,109,18,0,0,0,0,1},{1079,100,11,0,0,0,0,5},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{3521,499,25,0,1,0,0,4},{1130,499,13,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{7965,111,26,0,0,0,0,1},{123,284,8,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{7976,665,17,64,0,0,0,4},{178,265,7,0,0,0,0,9},
/* Composition.attester */
{10,675,19,0,0,0,0,2},{3252,665,22,65,0,0,1,0},{1695,667,23,0,0,0,0,0},{244,499,24,0,105,0,0,0},
{101,265,20,0,0,0,0,1},{178,265,21,0,0,0,0,13},
/* Composition.event */
{10,675,33,0,0,0,0,2},{292,100,36,0,0,0,0,5},{2375,499,38,0,0,0,0,5},{259,463,37,0,0,0,0,4},
{101,265,34,0,0,0,0,1},{178,265,35,0,0,0,0,13},
/* Composition.relatesTo */
{10,675,27,0,0,0,0,2},{292,665,30,66,0,0,1,0},{101,265,28,0,0,0,0,1},{8057,499,31,0,255,1,1,0},
{8074,284,31,0,0,1,1,0},{178,265,29,0,0,0,0,13},
/* Composition.section */
{10,675,40,0,0,0,0,2},{292,100,44,0,0,0,0,0},{3252,665,48,67,0,0,0,0},{26,428,47,0,0,0,0,0},
{3027,499,50,0,0,0,0,1},{8113,499,46,0,0,0,0,0},{310,675,43,0,0,0,0,0},{331,499,45,0,98,0,0,1},
{7946,112,52,0,0,0,0,1},{101,265,41,0,0,0,0,1},{8120,100,49,0,0,0,0,0},{8131,100,51,0,0,0,0,0},
{178,265,42,0,0,0,0,13},
/* ConceptMap */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{8156,114,25,0,0,0,0,1},{310,675,12,0,0,0,0,4},{53,665,13,2,0,0,1,12},
{363,128,17,0,0,0,0,5},{390,672,21,0,0,0,0,0},{399,675,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{468,672,22,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,16,0,0,0,0,4},
{8163,678,23,0,0,1,0,4},{8174,678,24,0,0,2,0,4},{123,284,9,0,0,0,0,4},{512,645,19,0,0,0,0,5},
{135,672,18,0,0,0,0,0},{592,663,14,0,0,0,0,4},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{8185,664,23,0,0,1,0,4},{8202,664,24,0,0,2,0,4},{178,265,7,0,0,0,0,9},
/* ConceptMap.group */
{10,675,26,0,0,0,0,2},{2173,678,29,0,0,0,0,0},{8237,678,31,0,0,0,0,0},{8245,115,33,0,0,0,1,1},
{8254,118,56,0,0,0,0,0},{101,265,27,0,0,0,0,1},{8264,675,30,0,0,0,0,0},{8279,675,32,0,0,0,0,0},
{178,265,28,0,0,0,0,13},
/* ConceptMap.group.element */
{10,675,34,0,0,0,0,2},{292,665,37,0,0,0,0,0},{8237,116,39,0,0,0,0,1},{7364,675,38,0,0,0,0,0},
{101,265,35,0,0,0,0,1},{178,265,36,0,0,0,0,13},
/* ConceptMap.group.element.target */
{10,675,40,0,0,0,0,2},{292,665,43,0,0,0,0,0},{1772,675,46,0,0,0,0,0},{7364,675,44,0,0,0,0,0},
{8353,117,55,0,0,0,0,1},{8362,117,47,0,0,0,0,1},{101,265,41,0,0,0,0,1},{8373,665,45,68,0,0,1,8},
{178,265,42,0,0,0,0,13},
/* ConceptMap.group.element.target.dependsOn */
{10,675,48,0,0,0,0,2},{1396,675,53,0,0,0,1,0},{1403,664,52,0,0,0,0,0},{7364,675,54,0,0,0,0,0},
{7248,678,51,0,0,0,1,0},{101,265,49,0,0,0,0,1},{178,265,50,0,0,0,0,13},
/* ConceptMap.group.unmapped */
{10,675,57,0,0,0,0,2},{287,664,63,0,0,0,0,0},{292,665,61,0,0,0,0,0},{3252,665,60,69,0,0,1,0},
{7364,675,62,0,0,0,0,0},{101,265,58,0,0,0,0,1},{178,265,59,0,0,0,0,13},
/* Condition */
{10,669,0,0,0,0,0,4},{292,100,13,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,35,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{8467,121,22,0,0,0,0,1},{61,499,15,0,130,0,1,4},{1458,499,21,0,37,0,0,4},{408,100,14,0,0,0,0,5},
{1079,100,11,238,0,0,0,17},{8474,120,29,0,0,0,0,1},{80,665,3,0,0,0,0,0},{1468,10,17,0,0,1,0,4},
{1099,499,20,0,37,0,0,4},{1109,100,12,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,16,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1488,497,17,0,0,1,0,4},{1513,463,17,0,0,1,0,4},
{1526,675,17,0,0,1,0,4},{8484,10,18,0,0,2,0,0},{1167,667,19,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{1539,667,17,0,0,1,0,4},{8498,497,18,0,0,2,0,0},{1554,100,9,70,0,0,0,12},{8514,463,18,0,0,2,0,0},
{8531,675,18,0,0,2,0,0},{8548,667,18,0,0,2,0,0},{178,265,7,0,0,0,0,9},{1586,100,10,71,0,0,0,12},
/* Condition.evidence */
{10,675,30,0,0,0,0,2},{292,100,33,0,0,0,0,5},{2375,499,34,0,0,0,0,5},{101,265,31,0,0,0,0,1},
{178,265,32,0,0,0,0,13},
/* Condition.stage */
{10,675,23,0,0,0,0,2},{32,100,28,0,0,0,0,0},{6989,100,26,0,0,0,0,0},{101,265,24,0,0,0,0,1},
{1353,499,27,0,257,0,0,1},{178,265,25,0,0,0,0,13},
/* Consent */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{8613,100,10,239,0,0,1,28},
{2266,123,17,0,0,0,0,1},{53,665,9,72,0,0,1,12},{1449,499,12,0,72,0,0,4},{1079,100,11,240,0,0,1,21},
{8620,667,13,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{4509,499,14,0,105,0,0,5},{8630,124,31,0,0,0,0,4},{123,284,8,0,0,0,0,5},{8641,100,23,241,0,0,0,20},
{8653,499,15,0,1,0,0,5},{8667,127,24,0,0,0,0,5},{148,678,2,0,0,0,0,12},{8681,499,16,0,261,1,0,4},
{8698,17,16,0,0,1,0,4},{178,265,7,0,0,0,0,9},
/* Consent.policy */
{10,675,18,0,0,0,0,2},{7564,678,22,0,0,0,0,0},{8732,678,21,0,0,0,0,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* Consent.provision */
{10,675,32,0,0,0,0,2},{292,100,47,0,0,0,0,5},{2097,126,49,0,0,0,0,5},{32,665,35,73,0,0,0,4},
{1998,125,37,0,0,0,0,1},{8762,101,46,0,0,0,0,5},{2157,100,43,0,0,0,0,5},{259,463,36,0,0,0,0,4},
{390,101,45,227,0,0,0,21},{101,265,33,0,0,0,0,1},{8630,124,55,0,0,0,0,1},{8769,463,48,0,0,0,0,4},
{2394,101,44,233,0,0,0,21},{178,265,34,0,0,0,0,13},
/* Consent.provision.actor */
{10,675,38,0,0,0,0,2},{972,100,41,242,0,0,1,16},{101,265,39,0,0,0,0,1},{4430,499,42,0,266,0,1,0},
{178,265,40,0,0,0,0,13},
/* Consent.provision.data */
{10,675,50,0,0,0,0,2},{8830,665,53,74,0,0,1,4},{101,265,51,0,0,0,0,1},{4430,499,54,0,0,0,1,4},
{178,265,52,0,0,0,0,13},
/* Consent.verification */
{10,675,25,0,0,0,0,2},{8861,663,28,0,0,0,1,4},{101,265,26,0,0,0,0,1},{8871,499,29,0,275,0,0,0},
{8885,667,30,0,0,0,0,0},{178,265,27,0,0,0,0,13},
/* ContactDetail */
{10,675,0,0,0,0,0,2},{20,675,2,0,0,0,0,4},{4608,129,3,0,0,0,0,5},{101,265,1,0,0,0,0,1},
/* ContactPoint */
{10,675,0,0,0,0,0,2},{987,665,4,76,0,0,0,12},{8932,674,5,0,0,0,0,4},{1396,675,3,0,0,0,0,4},
{259,463,6,0,0,0,0,4},{1403,665,2,75,0,0,0,4},{101,265,1,0,0,0,0,1},
/* Contract */
{10,669,0,0,0,0,0,4},{287,678,9,0,0,0,0,0},{14,415,1,0,0,0,0,4},{20,675,23,0,0,0,0,4},
{8948,134,176,0,0,0,0,1},{2486,499,22,0,19,0,0,1},{8954,136,42,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,30,0,0,0,0,4},{8960,675,26,0,0,0,0,1},{8967,133,171,0,0,0,0,1},{8613,100,28,0,0,0,0,0},
{310,675,24,0,0,0,0,4},{331,499,27,0,278,0,0,0},{8974,499,21,0,19,0,0,1},{8982,667,16,0,0,0,0,4},
{8990,135,159,0,0,0,0,1},{53,665,11,77,0,0,0,12},{8998,463,17,0,0,0,0,4},{5467,100,31,0,0,0,0,5},
{61,499,19,0,0,0,0,5},{399,675,10,0,0,0,0,4},{9007,132,166,0,0,0,0,1},{80,665,3,0,0,0,0,0},
{458,675,25,0,0,0,0,0},{8732,499,20,0,1,0,0,1},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{123,284,8,0,0,0,0,5},{9017,100,12,243,0,0,0,16},{148,678,2,0,0,0,0,12},{9029,100,18,0,0,0,0,0},
{4345,499,157,0,0,0,0,1},{9045,499,29,0,0,1,0,0},{4361,678,14,0,0,0,0,0},{9061,499,158,0,283,0,0,1},
{9078,131,32,0,0,0,0,0},{9097,100,15,0,0,0,0,0},{178,265,7,0,0,0,0,9},{9116,100,29,0,0,1,0,0},
{4378,499,13,0,285,0,0,0},{9138,499,181,0,287,2,0,0},{9163,17,181,0,0,2,0,0},
/* Contract.contentDefinition */
{10,675,33,0,0,0,0,2},{32,100,36,0,0,0,1,0},{5467,100,37,0,0,0,0,0},{468,672,41,0,0,0,0,0},
{101,265,34,0,0,0,0,1},{479,499,38,0,198,0,0,0},{9217,667,39,0,0,0,0,0},{178,265,35,0,0,0,0,13},
{9234,665,40,78,0,0,1,0},
/* Contract.friendly */
{10,675,167,0,0,0,0,2},{101,265,168,0,0,0,0,1},{7742,499,170,0,292,1,1,0},{7760,17,170,0,0,1,1,0},
{178,265,169,0,0,0,0,13},
/* Contract.legal */
{10,675,172,0,0,0,0,2},{101,265,173,0,0,0,0,1},{7742,499,175,0,292,1,1,0},{7760,17,175,0,0,1,1,0},
{178,265,174,0,0,0,0,13},
/* Contract.rule */
{10,675,177,0,0,0,0,2},{101,265,178,0,0,0,0,1},{7742,499,180,0,48,1,1,0},{7760,17,180,0,0,1,1,0},
{178,265,179,0,0,0,0,13},
/* Contract.signer */
{10,675,160,0,0,0,0,2},{32,101,163,0,0,0,1,0},{244,499,164,0,105,0,1,0},{101,265,161,0,0,0,0,1},
{3041,528,165,0,0,0,1,1},{178,265,162,0,0,0,0,13},
/* Contract.term */
{10,675,43,0,0,0,0,2},{26,675,52,0,0,0,0,4},{32,100,50,0,0,0,0,0},{9335,139,84,0,0,0,0,1},
{8156,136,156,0,0,0,0,1},{9342,142,61,0,0,0,1,0},{2157,137,126,0,0,0,0,1},{8982,667,47,0,0,0,0,4},
{8998,463,48,0,0,0,0,4},{5467,100,51,0,0,0,0,0},{101,265,44,0,0,0,0,1},{123,284,46,0,0,0,0,4},
{2394,145,53,0,0,0,0,1},{9045,499,49,0,0,1,0,0},{178,265,45,0,0,0,0,13},{9116,100,49,0,0,1,0,0},
/* Contract.term.action */
{10,675,127,0,0,0,0,2},{1443,13,154,0,0,0,0,1},{32,100,131,0,0,0,1,0},{355,100,138,0,0,0,1,0},
{9371,675,139,0,0,0,0,1},{4923,675,152,0,0,0,0,1},{53,100,140,0,0,0,1,0},{4940,499,141,0,182,0,0,0},
{61,138,132,0,0,0,0,1},{101,265,128,0,0,0,0,1},{4509,499,148,0,296,0,0,0},{7801,499,144,0,306,0,0,1},
{1801,100,150,0,0,0,0,1},{564,663,130,0,0,0,0,8},{9379,675,153,0,0,0,0,1},{9393,675,142,0,0,0,0,1},
{9408,100,147,0,0,0,0,0},{9423,100,146,0,0,0,0,1},{9438,675,149,0,0,0,0,1},{1860,499,151,0,314,0,0,1},
{9455,675,145,0,0,0,0,1},{5055,463,143,0,0,1,0,0},{5073,642,143,0,0,1,0,0},{178,265,129,0,0,0,0,13},
{5091,667,143,0,0,1,0,0},{9472,677,155,0,0,0,0,1},
/* Contract.term.action.subject */
{10,675,133,0,0,0,0,2},{972,100,137,0,0,0,0,0},{101,265,134,0,0,0,0,1},{4430,499,136,0,306,0,1,1},
{178,265,135,0,0,0,0,13},
/* Contract.term.asset */
{10,675,85,0,0,0,0,2},{26,675,104,0,0,0,0,0},{32,100,89,0,0,0,0,1},{8613,100,88,0,0,0,0,0},
{9544,143,106,0,0,0,0,1},{9371,675,105,0,0,0,0,1},{259,463,102,0,0,0,0,1},{4940,140,93,0,0,0,0,1},
{2181,100,91,0,0,0,0,1},{9552,675,100,0,0,0,0,0},{101,265,86,0,0,0,0,1},{9563,463,103,0,0,0,0,1},
{9574,100,101,0,0,0,0,1},{9586,141,108,0,0,0,0,1},{6252,101,92,0,0,0,0,0},{9598,499,90,0,0,0,0,1},
{178,265,87,0,0,0,0,13},{9472,677,107,0,0,0,0,1},
/* Contract.term.asset.context */
{10,675,94,0,0,0,0,2},{292,100,98,0,0,0,0,1},{26,675,99,0,0,0,0,0},{101,265,95,0,0,0,0,1},
{4430,499,97,0,0,0,0,0},{178,265,96,0,0,0,0,13},
/* Contract.term.asset.valuedItem */
{10,675,109,0,0,0,0,2},{5883,425,119,0,0,0,0,0},{5427,668,117,0,0,0,0,0},{9371,675,124,0,0,0,0,1},
{9674,668,118,0,0,0,0,0},{6399,675,120,0,0,0,0,0},{438,488,115,0,0,0,0,0},{101,265,110,0,0,0,0,1},
{7679,499,123,0,105,0,0,0},{5921,425,116,0,0,0,0,0},{123,284,113,0,0,0,0,0},{9682,667,121,0,0,0,0,0},
{5682,499,122,0,105,0,0,0},{9695,667,114,0,0,0,0,0},{9710,499,112,0,0,1,0,0},{178,265,111,0,0,0,0,13},
{9472,677,125,0,0,0,0,1},{9727,100,112,0,0,1,0,0},
/* Contract.term.offer */
{10,675,62,0,0,0,0,2},{26,675,81,0,0,0,0,0},{32,100,73,0,0,0,0,0},{244,144,66,0,0,0,0,1},
{317,499,72,0,0,0,0,4},{9544,143,76,0,0,0,0,1},{9371,675,82,0,0,0,0,1},{9771,100,74,244,0,0,0,16},
{101,265,63,0,0,0,0,1},{123,284,65,0,0,0,0,1},{9781,100,75,0,0,0,0,1},{178,265,64,0,0,0,0,13},
{9472,677,83,0,0,0,0,1},
/* Contract.term.offer.answer */
{10,675,77,0,0,0,0,2},{9823,678,80,0,0,1,1,0},{101,265,78,0,0,0,0,1},{9833,666,80,0,0,1,1,0},
{9844,676,80,0,0,1,1,0},{7458,101,80,0,0,1,1,0},{2435,675,80,0,0,1,1,0},{6300,663,80,0,0,1,1,0},
{7471,668,80,0,0,1,1,0},{7485,671,80,0,0,1,1,0},{7499,667,80,0,0,1,1,0},{6314,488,80,0,0,1,1,0},
{6329,499,80,0,0,1,1,0},{6345,17,80,0,0,1,1,0},{178,265,79,0,0,0,0,13},
/* Contract.term.offer.party */
{10,675,67,0,0,0,0,2},{972,100,71,0,0,0,1,0},{101,265,68,0,0,0,0,1},{4430,499,70,0,306,0,1,1},
{178,265,69,0,0,0,0,13},
/* Contract.term.securityLabel */
{10,675,54,0,0,0,0,2},{6922,677,57,0,0,0,0,1},{9911,101,60,0,0,0,0,1},{1079,101,59,0,0,0,0,1},
{101,265,55,0,0,0,0,1},{4742,101,58,0,0,0,1,0},{178,265,56,0,0,0,0,13},
/* Contributor */
{10,675,0,0,0,0,0,2},{20,675,3,0,0,0,1,4},{32,665,2,79,0,0,1,4},{363,128,4,0,0,0,0,5},{101,265,1,0,0,0,0,1},
/* Count */
{10,675,0,0,0,0,0,2},{292,665,6,0,0,0,0,4},{1390,675,4,0,0,0,0,4},{1396,668,2,0,0,0,0,4},
{1403,678,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1411,665,3,12,0,0,0,12},
/* Coverage */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,0,0,0,0,4},{8762,149,19,0,0,0,0,1},
{9950,674,26,0,0,0,0,4},{9957,499,18,0,15,0,1,5},{259,463,17,0,0,0,0,4},{53,665,9,52,0,0,1,12},
{2274,675,27,0,0,0,0,4},{9964,499,41,0,285,0,0,1},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{9974,675,15,0,0,0,0,4},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{9985,499,12,0,275,0,0,4},
{9997,499,14,0,72,0,1,4},{10010,663,40,0,0,0,0,0},{10023,499,11,0,15,0,0,4},{6252,100,16,245,0,0,0,16},
{10037,675,13,0,0,0,0,4},{148,678,2,0,0,0,0,12},{10051,150,28,0,0,0,0,1},{178,265,7,0,0,0,0,9},
/* Coverage.class */
{10,675,20,0,0,0,0,2},{20,675,25,0,0,0,0,4},{32,100,23,246,0,0,1,20},{1396,675,24,0,0,0,1,4},
{101,265,21,0,0,0,0,1},{178,265,22,0,0,0,0,13},
/* Coverage.costToBeneficiary */
{10,675,29,0,0,0,0,2},{32,100,32,247,0,0,0,20},{10114,151,34,0,0,0,0,1},{101,265,30,0,0,0,0,1},
{10125,425,33,0,0,1,1,4},{6314,488,33,0,0,1,1,4},{178,265,31,0,0,0,0,13},
/* Coverage.costToBeneficiary.exception */
{10,675,35,0,0,0,0,2},{32,100,38,0,0,0,1,4},{259,463,39,0,0,0,0,4},{101,265,36,0,0,0,0,1},
{178,265,37,0,0,0,0,13},
/* CoverageEligibilityRequest */
{10,669,0,0,0,0,0,4},{4891,154,33,0,0,0,0,1},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,52,0,0,1,12},
{1781,667,14,0,0,0,1,4},{4949,499,15,0,69,0,0,0},{5449,499,17,0,1,0,1,4},{1449,499,12,0,72,0,1,4},
{390,665,11,80,0,0,1,5},{5486,499,18,0,19,0,0,0},{80,665,3,0,0,0,0,0},{215,100,10,0,0,0,0,0},
{5496,499,16,0,198,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{5527,153,26,0,0,0,0,1},
{123,284,8,0,0,0,0,1},{5945,666,13,0,0,1,0,0},{148,678,2,0,0,0,0,12},{5959,463,13,0,0,1,0,0},
{4345,156,19,0,0,0,0,1},{178,265,7,0,0,0,0,9},
/* CoverageEligibilityRequest.insurance */
{10,675,27,0,0,0,0,2},{5816,663,30,0,0,0,0,0},{70,499,31,0,13,0,1,0},{101,265,28,0,0,0,0,1},
{178,265,29,0,0,0,0,13},{5850,675,32,0,0,0,0,0},
/* CoverageEligibilityRequest.item */
{10,675,34,0,0,0,0,2},{2375,499,50,0,0,0,0,1},{1079,100,38,0,0,0,0,0},{5486,499,44,0,321,0,0,0},
{5911,100,40,0,0,0,0,1},{5496,499,41,0,69,0,0,0},{438,488,42,0,0,0,0,0},{5516,155,45,0,0,0,0,1},
{101,265,35,0,0,0,0,1},{5921,425,43,0,0,0,0,0},{5993,100,39,0,0,0,0,0},{178,265,36,0,0,0,0,13},
{10274,674,37,0,0,0,0,1},
/* CoverageEligibilityRequest.item.diagnosis */
{10,675,46,0,0,0,0,2},{101,265,47,0,0,0,0,1},{178,265,48,0,0,0,0,13},{5753,499,49,0,50,1,0,0},
{5773,100,49,0,0,1,0,0},
/* CoverageEligibilityRequest.supportingInfo */
{10,675,20,0,0,0,0,2},{5672,674,23,0,0,0,1,0},{101,265,21,0,0,0,0,1},{10384,499,24,0,0,0,1,0},
{10397,663,25,0,0,0,0,0},{178,265,22,0,0,0,0,13},
/* CoverageEligibilityResponse */
{10,669,0,0,0,0,0,4},{6377,100,51,0,0,0,0,0},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{6383,158,52,0,0,0,0,1},{53,665,9,52,0,0,1,12},{1781,667,13,0,0,0,1,4},{5449,499,18,0,1,0,1,4},
{1070,665,16,54,0,0,1,4},{1449,499,11,0,72,0,1,4},{390,665,10,81,0,0,1,5},{2587,499,15,0,324,0,1,4},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{5527,159,19,0,0,0,0,1},
{2283,499,14,0,198,0,0,0},{123,284,8,0,0,0,0,1},{5823,675,50,0,0,0,0,0},{6429,675,17,0,0,0,0,0},
{5945,666,12,0,0,1,0,0},{148,678,2,0,0,0,0,12},{5959,463,12,0,0,1,0,0},{178,265,7,0,0,0,0,9},
/* CoverageEligibilityResponse.error */
{10,675,53,0,0,0,0,2},{292,100,56,0,0,0,1,0},{101,265,54,0,0,0,0,1},{178,265,55,0,0,0,0,13},
/* CoverageEligibilityResponse.insurance */
{10,675,20,0,0,0,0,2},{4891,160,26,0,0,0,0,1},{10514,663,24,0,0,0,0,0},{70,499,23,0,13,0,1,4},
{101,265,21,0,0,0,0,1},{10523,463,25,0,0,0,0,0},{178,265,22,0,0,0,0,13},
/* CoverageEligibilityResponse.insurance.item */
{10,675,27,0,0,0,0,2},{20,675,35,0,0,0,0,0},{8954,100,39,0,0,0,0,0},{1390,100,38,0,0,0,0,0},
{10582,161,40,0,0,0,0,1},{2274,100,37,0,0,0,0,0},{1079,100,30,0,0,0,0,0},{10591,663,34,0,0,0,0,0},
{5911,100,32,0,0,0,0,1},{5496,499,33,0,69,0,0,0},{101,265,28,0,0,0,0,1},{135,675,36,0,0,0,0,0},
{10601,678,49,0,0,0,0,0},{5993,100,31,0,0,0,0,0},{178,265,29,0,0,0,0,13},{10619,663,47,0,0,0,0,0},
{10642,100,48,0,0,0,0,1},
/* CoverageEligibilityResponse.insurance.item.benefit */
{10,675,41,0,0,0,0,2},{32,100,44,0,0,0,1,0},{101,265,42,0,0,0,0,1},{10719,425,46,0,0,2,0,0},
{10730,675,46,0,0,2,0,0},{10742,425,45,0,0,1,0,0},{10756,675,45,0,0,1,0,0},{10771,677,46,0,0,2,0,0},
{178,265,43,0,0,0,0,13},{10788,677,45,0,0,1,0,0},
/* DataRequirement */
{10,675,0,0,0,0,0,2},{10825,165,20,0,0,0,0,5},{32,665,2,82,0,0,1,4},{10831,674,19,0,0,0,0,4},
{381,664,3,0,0,0,0,5},{101,265,1,0,0,0,0,1},{10838,163,6,0,0,0,0,5},{10850,164,13,0,0,0,0,5},
{10862,675,5,0,0,0,0,5},{748,499,4,0,24,1,0,4},{835,100,4,222,0,1,0,20},
/* DataRequirement.codeFilter */
{10,675,7,0,0,0,0,2},{292,101,12,0,0,0,0,5},{922,675,9,0,0,0,0,4},{7258,664,11,0,0,0,0,4},
{101,265,8,0,0,0,0,1},{3789,675,10,0,0,0,0,4},
/* DataRequirement.dateFilter */
{10,675,14,0,0,0,0,2},{922,675,16,0,0,0,0,4},{101,265,15,0,0,0,0,1},{3789,675,17,0,0,0,0,4},
{10931,463,18,0,0,1,0,4},{7499,667,18,0,0,1,0,4},{10944,199,18,0,0,1,0,4},
/* DataRequirement.sort */
{10,675,21,0,0,0,0,2},{922,675,23,0,0,0,1,4},{10981,665,24,83,0,0,1,4},{101,265,22,0,0,0,0,1},
/* DetectedIssue */
{10,669,0,0,0,0,0,4},{292,100,10,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{331,499,14,0,44,0,0,4},
{2375,675,22,0,0,0,0,0},{53,665,9,84,0,0,1,12},{1449,499,12,0,72,0,0,4},{8474,167,16,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{1109,665,11,85,0,0,0,4},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{4430,678,23,0,0,0,0,0},{123,284,8,0,0,0,0,5},{11007,499,15,0,0,0,0,5},{11019,168,24,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{11031,463,13,0,0,1,0,4},{178,265,7,0,0,0,0,9},{11049,667,13,0,0,1,0,4},
/* DetectedIssue.evidence */
{10,675,17,0,0,0,0,2},{292,100,20,0,0,0,0,1},{2375,499,21,0,0,0,0,1},{101,265,18,0,0,0,0,1},
{178,265,19,0,0,0,0,13},
/* DetectedIssue.mitigation */
{10,675,25,0,0,0,0,2},{298,667,29,0,0,0,0,0},{2157,100,28,0,0,0,1,0},{331,499,30,0,69,0,0,0},
{101,265,26,0,0,0,0,1},{178,265,27,0,0,0,0,13},
/* Device */
{10,669,0,0,0,0,0,4},{287,678,61,0,0,0,0,0},{14,415,1,0,0,0,0,4},{1443,13,62,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,36,0,0,0,0,0},{38,499,58,0,1,0,0,0},{2579,499,64,0,208,0,0,0},{11127,100,63,0,0,0,0,5},
{53,665,20,87,0,0,0,12},{363,129,59,0,0,0,0,1},{1449,499,57,0,72,0,0,0},{399,174,43,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{428,499,60,0,19,0,0,0},{7248,171,50,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{11135,675,26,0,0,0,0,0},{3704,499,9,0,326,0,0,0},{11146,170,28,0,0,0,0,1},
{123,284,8,0,0,0,0,1},{11158,675,35,0,0,0,0,0},{11170,173,10,0,0,0,0,5},{11182,675,34,0,0,0,0,0},
{11195,675,23,0,0,0,0,0},{11209,675,27,0,0,0,0,0},{4533,100,21,248,0,0,0,17},{148,678,2,0,0,0,0,12},
{11223,667,25,0,0,0,0,0},{11239,172,37,0,0,0,0,1},{11255,667,24,0,0,0,0,0},{178,265,7,0,0,0,0,9},
{11272,675,22,0,0,0,0,0},
/* Device.deviceName */
{10,675,29,0,0,0,0,2},{20,675,32,0,0,0,1,0},{32,665,33,88,0,0,1,0},{101,265,30,0,0,0,0,1},
{178,265,31,0,0,0,0,13},
/* Device.property */
{10,675,51,0,0,0,0,2},{32,100,54,0,0,0,1,0},{101,265,52,0,0,0,0,1},{7447,100,56,0,0,0,0,1},
{6314,488,55,0,0,0,0,1},{178,265,53,0,0,0,0,13},
/* Device.specialization */
{10,675,38,0,0,0,0,2},{399,675,42,0,0,0,0,0},{101,265,39,0,0,0,0,1},{11351,100,41,0,0,0,1,0},
{178,265,40,0,0,0,0,13},
/* Device.udiCarrier */
{10,675,11,0,0,0,0,2},{11382,678,15,0,0,0,0,0},{11390,665,19,86,0,0,0,0},{101,265,12,0,0,0,0,1},
{11401,675,18,0,0,0,0,4},{11413,662,17,0,0,0,0,4},{606,678,16,0,0,0,0,0},{11426,675,14,0,0,0,0,4},
{178,265,13,0,0,0,0,13},
/* Device.version */
{10,675,44,0,0,0,0,2},{32,100,47,0,0,0,0,0},{1396,675,49,0,0,0,1,0},{11460,284,48,0,0,0,0,0},
{101,265,45,0,0,0,0,1},{178,265,46,0,0,0,0,13},
/* DeviceDefinition */
{10,669,0,0,0,0,0,4},{287,678,51,0,0,0,0,0},{14,415,1,0,0,0,0,4},{1443,13,53,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,24,0,0,0,0,0},{38,499,49,0,1,0,0,0},{11127,100,32,0,0,0,0,5},{363,129,50,0,0,0,0,1},
{399,675,31,0,0,0,0,1},{80,665,3,0,0,0,0,0},{11489,178,56,0,0,0,0,1},{7248,179,42,0,0,0,0,1},
{438,488,54,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{11499,176,36,0,0,0,0,1},
{11146,177,17,0,0,0,0,1},{123,284,8,0,0,0,0,1},{11182,675,23,0,0,0,0,0},{11511,100,35,0,0,0,0,1},
{11525,499,55,0,326,0,0,4},{148,678,2,0,0,0,0,12},{11239,180,25,0,0,0,0,1},{11539,484,33,0,0,0,0,1},
{178,265,7,0,0,0,0,9},{11557,678,52,0,0,0,0,0},{11576,675,16,0,0,1,0,0},{11596,181,9,0,0,0,0,1},
{11617,499,16,0,1,1,0,0},{11640,483,34,0,0,0,0,0},
/* DeviceDefinition.capability */
{10,675,37,0,0,0,0,2},{32,100,40,0,0,0,1,0},{101,265,38,0,0,0,0,1},{135,100,41,0,0,0,0,1},
{178,265,39,0,0,0,0,13},
/* DeviceDefinition.deviceName */
{10,675,18,0,0,0,0,2},{20,675,21,0,0,0,1,0},{32,665,22,88,0,0,1,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* DeviceDefinition.material */
{10,675,57,0,0,0,0,2},{11750,663,61,0,0,0,0,0},{101,265,58,0,0,0,0,1},{1642,100,60,0,0,0,1,0},
{178,265,59,0,0,0,0,13},{11761,663,62,0,0,0,0,0},
/* DeviceDefinition.property */
{10,675,43,0,0,0,0,2},{32,100,46,0,0,0,1,0},{101,265,44,0,0,0,0,1},{7447,100,48,0,0,0,0,1},
{6314,488,47,0,0,0,0,1},{178,265,45,0,0,0,0,13},
/* DeviceDefinition.specialization */
{10,675,26,0,0,0,0,2},{399,675,30,0,0,0,0,0},{101,265,27,0,0,0,0,1},{11351,675,29,0,0,0,1,0},
{178,265,28,0,0,0,0,13},
/* DeviceDefinition.udiDeviceIdentifier */
{10,675,10,0,0,0,0,2},{11382,678,14,0,0,0,1,0},{101,265,11,0,0,0,0,1},{606,678,15,0,0,0,1,0},
{11426,675,13,0,0,0,1,0},{178,265,12,0,0,0,0,13},
/* DeviceMetric */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,9,0,0,0,1,4},{1390,100,10,0,0,0,0,4},
{11894,665,14,90,0,0,0,4},{2579,499,12,0,208,0,0,4},{2173,499,11,0,208,0,0,4},{1079,665,15,91,0,0,1,4},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{11901,183,17,0,0,0,0,5},{148,678,2,0,0,0,0,12},{11914,642,16,0,0,0,0,4},{178,265,7,0,0,0,0,9},
{11933,665,13,89,0,0,0,4},
/* DeviceMetric.calibration */
{10,675,18,0,0,0,0,2},{1695,670,23,0,0,0,0,4},{32,665,21,92,0,0,0,4},{1004,665,22,93,0,0,0,4},
{101,265,19,0,0,0,0,1},{178,265,20,0,0,0,0,13},
/* DeviceRequest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,35,0,0,0,0,1},{26,428,4,0,0,0,0,0},{355,665,15,4,0,0,1,12},
{53,665,14,44,0,0,0,12},{1763,499,11,0,0,0,0,5},{61,499,24,0,328,0,1,4},{80,665,3,0,0,0,0,0},
{215,665,16,5,0,0,0,4},{90,514,5,0,0,0,0,1},{1130,499,25,0,42,0,0,4},{101,265,6,0,0,0,0,1},
{5527,499,33,0,333,0,0,1},{11993,185,18,0,0,0,0,1},{4509,499,30,0,145,0,0,4},{7801,499,28,0,336,0,0,4},
{7812,667,27,0,0,0,0,4},{123,284,8,0,0,0,0,5},{1801,100,31,0,0,0,0,5},{12004,499,12,0,0,0,0,5},
{12018,499,17,0,208,1,1,4},{148,678,2,0,0,0,0,12},{9423,100,29,0,0,0,0,4},{4345,499,34,0,0,0,0,1},
{7824,284,13,0,0,0,0,4},{4361,678,10,0,0,0,0,5},{1860,499,32,0,154,0,0,5},{9061,499,36,0,283,0,0,1},
{5055,463,26,0,0,2,0,4},{5073,642,26,0,0,2,0,4},{178,265,7,0,0,0,0,9},{5091,667,26,0,0,2,0,4},
{12033,100,17,0,0,1,1,4},{4378,664,9,0,0,0,0,5},
/* DeviceRequest.parameter */
{10,675,19,0,0,0,0,2},{292,100,22,0,0,0,0,0},{101,265,20,0,0,0,0,1},{12079,497,23,0,0,1,0,0},
{6300,663,23,0,0,1,0,0},{6314,488,23,0,0,1,0,0},{178,265,21,0,0,0,0,13},{12091,100,23,0,0,1,0,0},
/* DeviceUseStatement */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,20,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{12133,499,16,0,208,0,1,4},{2173,499,15,0,37,0,0,4},{53,665,10,94,0,0,1,12},{1763,499,9,0,81,0,0,5},
{61,499,11,0,130,0,1,4},{408,100,19,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,17,0,0,0,0,5},{12141,667,14,0,0,0,0,4},
{12153,499,12,0,341,0,0,5},{620,463,13,0,0,1,0,4},{634,642,13,0,0,1,0,4},{148,678,2,0,0,0,0,12},
{664,667,13,0,0,1,0,4},{1860,499,18,0,348,0,0,5},{178,265,7,0,0,0,0,9},
/* DiagnosticReport */
{10,669,0,0,0,0,0,4},{292,100,12,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2259,188,22,0,0,0,0,5},
{8982,670,16,0,0,0,0,4},{12184,499,20,0,354,0,0,1},{53,665,10,95,0,0,1,12},{1763,499,9,0,356,0,0,1},
{61,499,13,0,328,0,0,4},{1079,100,11,0,0,0,0,5},{80,665,3,0,0,0,0,0},{12192,499,19,0,362,0,0,1},
{90,514,5,0,0,0,0,1},{1130,499,14,0,42,0,0,4},{101,265,6,0,0,0,0,1},{4509,499,17,0,364,0,0,5},
{12202,675,28,0,0,0,0,0},{123,284,8,0,0,0,0,5},{12214,499,21,0,369,0,0,1},{148,678,2,0,0,0,0,12},
{12228,17,30,0,0,0,0,1},{12243,100,29,0,0,0,0,1},{696,463,15,0,0,1,0,4},{7033,667,15,0,0,1,0,4},
{178,265,7,0,0,0,0,9},{12259,499,18,0,364,0,0,5},
/* DiagnosticReport.media */
{10,675,23,0,0,0,0,2},{3021,499,27,0,371,0,1,4},{1772,675,26,0,0,0,0,0},{101,265,24,0,0,0,0,1},
{178,265,25,0,0,0,0,13},
/* Distance */
{10,675,0,0,0,0,0,2},{292,665,6,0,0,0,0,4},{1390,675,4,0,0,0,0,4},{1396,668,2,0,0,0,0,4},
{1403,678,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1411,665,3,12,0,0,0,12},
/* DocumentManifest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,11,0,0,0,0,4},{331,499,14,0,98,0,0,5},
{2173,678,16,0,0,0,0,0},{53,665,10,96,0,0,1,12},{7239,499,18,0,0,0,1,5},{1781,667,13,0,0,0,0,0},
{5458,191,19,0,0,0,0,1},{61,499,12,0,373,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{7679,499,15,0,105,0,0,1},{123,284,9,0,0,0,0,5},{135,675,17,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{12331,284,8,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* DocumentManifest.related */
{10,675,20,0,0,0,0,2},{12375,499,24,0,0,0,0,0},{101,265,21,0,0,0,0,1},{123,284,23,0,0,0,0,0},
{178,265,22,0,0,0,0,13},
/* DocumentReference */
{10,669,0,0,0,0,0,4},{298,670,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,12,0,0,0,0,4},
{331,499,16,0,98,0,0,5},{53,665,10,96,0,0,1,12},{7239,193,27,0,0,0,1,5},{4940,194,33,0,0,0,0,4},
{61,499,14,0,373,0,0,4},{1079,100,13,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{3521,499,18,0,1,0,0,0},{12399,665,11,63,0,0,0,4},{101,265,6,0,0,0,0,1},{7965,195,19,0,0,0,0,5},
{123,284,9,0,0,0,0,5},{135,675,25,0,0,0,0,4},{12410,499,17,0,198,0,0,0},{148,678,2,0,0,0,0,12},
{2394,100,26,233,0,0,0,21},{12331,284,8,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* DocumentReference.content */
{10,675,28,0,0,0,0,2},{3315,101,32,0,0,0,0,4},{101,265,29,0,0,0,0,1},{12452,17,31,0,0,0,1,4},
{178,265,30,0,0,0,0,13},
/* DocumentReference.context */
{10,675,34,0,0,0,0,2},{1056,100,38,0,0,0,0,1},{259,463,39,0,0,0,0,4},{5458,499,43,0,0,0,0,1},
{1130,499,37,0,182,0,0,1},{101,265,35,0,0,0,0,1},{12491,100,40,0,0,0,0,0},{12505,100,41,0,0,0,0,0},
{178,265,36,0,0,0,0,13},{12522,499,42,0,72,0,0,0},
/* DocumentReference.relatesTo */
{10,675,20,0,0,0,0,2},{292,665,23,66,0,0,1,4},{8237,499,24,0,48,0,1,4},{101,265,21,0,0,0,0,1},
{178,265,22,0,0,0,0,13},
/* DomainResource */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Dosage */
{10,675,0,0,0,0,0,2},{2486,100,9,0,0,0,0,4},{26,675,4,0,0,0,0,4},{12594,100,10,0,0,0,0,4},
{1345,100,11,0,0,0,0,4},{12601,642,7,0,0,0,0,4},{5672,671,3,0,0,0,0,4},{101,265,1,0,0,0,0,1},
{12609,198,12,0,0,0,0,5},{12622,663,8,0,0,1,0,4},{12639,498,18,0,0,0,0,4},{178,265,2,0,0,0,0,13},
{12657,488,20,0,0,0,0,4},{1930,675,6,0,0,0,0,4},{12677,100,5,0,0,0,0,5},{12700,100,8,0,0,1,0,4},
{12725,488,19,0,0,0,0,4},
/* Dosage.doseAndRate */
{10,675,13,0,0,0,0,2},{32,100,15,0,0,0,0,4},{12771,497,16,0,0,1,0,4},{101,265,14,0,0,0,0,1},
{12782,497,17,0,0,2,0,4},{12793,498,17,0,0,2,0,4},{12804,488,16,0,0,1,0,4},{12818,488,17,0,0,2,0,4},
/* Duration */
{10,675,0,0,0,0,0,2},{292,665,6,0,0,0,0,4},{1390,675,4,0,0,0,0,4},{1396,668,2,0,0,0,0,4},
{1403,678,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1411,665,3,12,0,0,0,12},
/* EffectEvidenceSynthesis */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{1443,13,18,0,0,0,0,1},{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{317,100,25,0,0,0,0,1},
{331,128,26,0,0,0,0,1},{347,128,27,0,0,0,0,1},{53,665,13,2,0,0,1,12},{363,128,16,0,0,0,0,5},
{1070,499,36,0,378,0,1,4},{399,675,10,0,0,0,0,4},{418,128,29,0,0,0,0,1},{12867,499,34,0,378,0,1,4},
{80,665,3,0,0,0,0,0},{448,128,28,0,0,0,0,1},{12877,201,69,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{468,672,21,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,15,0,0,0,0,4},{12888,100,32,250,0,0,0,16},
{123,284,9,0,0,0,0,5},{12899,499,33,0,378,0,1,4},{12911,206,37,0,0,0,0,0},{512,645,19,0,0,0,0,5},
{135,672,17,0,0,0,0,4},{550,666,22,0,0,0,0,0},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{12923,100,31,249,0,0,0,16},{12938,203,52,0,0,0,0,5},{648,666,23,0,0,0,0,0},{696,463,24,0,0,0,0,4},
{713,500,30,0,0,0,0,1},{178,265,7,0,0,0,0,9},{12954,205,44,0,0,0,0,1},{12973,499,35,0,378,0,1,4},
/* EffectEvidenceSynthesis.certainty */
{10,675,70,0,0,0,0,2},{1443,13,74,0,0,0,0,1},{13029,100,73,254,0,0,0,17},{101,265,71,0,0,0,0,1},
{178,265,72,0,0,0,0,13},{13037,202,75,0,0,0,0,1},
/* EffectEvidenceSynthesis.certainty.certaintySubcomponent */
{10,675,76,0,0,0,0,2},{1443,13,81,0,0,0,0,1},{32,100,79,255,0,0,0,16},{13029,100,80,256,0,0,0,17},
{101,265,77,0,0,0,0,1},{178,265,78,0,0,0,0,13},
/* EffectEvidenceSynthesis.effectEstimate */
{10,675,53,0,0,0,0,2},{32,100,57,252,0,0,0,16},{1396,668,59,0,0,0,0,0},{101,265,54,0,0,0,0,1},
{135,675,56,0,0,0,0,0},{13157,100,58,251,0,0,0,16},{13171,100,60,0,0,0,0,0},{178,265,55,0,0,0,0,13},
{13186,204,61,0,0,0,0,1},
/* EffectEvidenceSynthesis.effectEstimate.precisionEstimate */
{10,675,62,0,0,0,0,2},{13263,668,68,0,0,0,0,0},{13267,668,67,0,0,0,0,0},{32,100,65,253,0,0,0,16},
{13273,668,66,0,0,0,0,0},{101,265,63,0,0,0,0,1},{178,265,64,0,0,0,0,13},
/* EffectEvidenceSynthesis.resultsByExposure */
{10,675,45,0,0,0,0,2},{101,265,46,0,0,0,0,1},{135,675,48,0,0,0,0,0},{13157,100,50,251,0,0,0,16},
{13323,665,49,97,0,0,0,0},{178,265,47,0,0,0,0,13},{13338,499,51,0,380,0,1,0},
/* EffectEvidenceSynthesis.sampleSize */
{10,675,38,0,0,0,0,2},{101,265,39,0,0,0,0,1},{135,675,41,0,0,0,0,0},{13397,671,42,0,0,0,0,0},
{178,265,40,0,0,0,0,13},{13414,671,43,0,0,0,0,0},
/* Element */
{10,675,0,0,0,0,0,2},{101,265,1,0,0,0,0,1},
/* ElementDefinition */
{10,675,0,0,0,0,0,2},{13464,675,26,0,0,0,0,4},{13469,677,25,0,0,0,0,4},{13474,209,27,0,0,0,0,4},
{292,101,8,0,0,0,0,5},{922,675,3,0,0,0,1,4},{32,216,34,0,0,0,0,5},{8960,675,24,0,0,0,0,5},
{13480,675,7,0,0,0,0,4},{13487,675,20,0,0,0,0,4},{13494,210,70,0,0,0,0,4},{1772,672,22,0,0,0,0,4},
{13503,212,47,0,0,0,0,5},{13512,669,45,0,0,2,0,4},{13521,213,76,0,0,0,0,5},{13530,214,9,0,0,0,0,4},
{13539,10,45,0,0,2,0,4},{13549,673,45,0,0,2,0,4},{13559,678,45,0,0,2,0,4},{13569,679,45,0,0,2,0,4},
{9552,669,55,0,0,0,0,5},{101,265,1,0,0,0,0,1},{13579,665,45,0,0,2,0,4},{13590,666,45,0,0,2,0,4},
{13601,415,45,0,0,2,0,4},{13612,676,45,0,0,2,0,4},{13623,680,45,0,0,2,0,4},{13634,663,69,0,0,0,0,4},
{13645,671,54,0,0,0,0,4},{13656,669,46,0,0,3,0,4},{13667,675,5,0,0,0,0,4},{13678,211,56,0,0,0,0,5},
{3704,672,21,0,0,0,0,4},{13690,147,45,0,0,2,0,4},{13702,425,45,0,0,2,0,4},{13714,497,45,0,0,2,0,4},
{13726,498,45,0,0,2,0,4},{13738,663,67,0,0,0,0,4},{13750,10,46,0,0,3,0,4},{13762,673,46,0,0,3,0,4},
{13774,678,46,0,0,3,0,4},{13786,679,46,0,0,3,0,4},{13798,101,45,0,0,2,0,4},{13811,197,45,0,0,2,0,4},
{13824,463,45,0,0,2,0,4},{13837,675,45,0,0,2,0,4},{13850,642,45,0,0,2,0,4},{10862,663,66,0,0,0,0,4},
{13863,665,46,0,0,3,0,4},{13876,666,46,0,0,3,0,4},{13889,415,46,0,0,3,0,4},{13902,676,46,0,0,3,0,4},
{13915,680,46,0,0,3,0,4},{13928,6,45,0,0,2,0,4},{13942,663,45,0,0,2,0,4},{13956,668,45,0,0,2,0,4},
{13970,670,45,0,0,2,0,4},{13984,671,45,0,0,2,0,4},{13998,666,53,0,0,5,0,4},{14012,676,53,0,0,5,0,4},
{14026,666,52,0,0,4,0,4},{14040,676,52,0,0,4,0,4},{14054,675,44,0,0,0,0,4},{14068,147,46,0,0,3,0,4},
{14082,425,46,0,0,3,0,4},{14096,497,46,0,0,3,0,4},{14110,498,46,0,0,3,0,4},{14124,672,23,0,0,0,0,4},
{14138,667,45,0,0,2,0,4},{14153,189,45,0,0,2,0,4},{14168,199,45,0,0,2,0,4},{14183,672,45,0,0,2,0,4},
{14198,488,45,0,0,2,0,4},{14213,101,46,0,0,3,0,4},{14228,197,46,0,0,3,0,4},{14243,463,46,0,0,3,0,4},
{14258,675,46,0,0,3,0,4},{14273,642,46,0,0,3,0,4},{14288,669,42,0,0,1,0,4},{14304,664,45,0,0,2,0,4},
{14320,283,45,0,0,2,0,4},{14336,499,45,0,0,2,0,4},{14352,528,45,0,0,2,0,4},{14368,6,46,0,0,3,0,4},
{14384,663,46,0,0,3,0,4},{14400,668,46,0,0,3,0,4},{14416,670,46,0,0,3,0,4},{14432,671,46,0,0,3,0,4},
{14448,665,4,98,0,0,0,5},{14464,10,42,0,0,1,0,4},{14481,673,42,0,0,1,0,4},{14498,678,42,0,0,1,0,4},
{14515,679,42,0,0,1,0,4},{14532,13,45,0,0,2,0,4},{14549,17,45,0,0,2,0,4},{14566,264,45,0,0,2,0,4},
{14583,284,45,0,0,2,0,4},{14600,668,53,0,0,5,0,4},{14617,670,53,0,0,5,0,4},{14634,671,53,0,0,5,0,4},
{14651,668,52,0,0,4,0,4},{14668,670,52,0,0,4,0,4},{14685,671,52,0,0,4,0,4},{14702,667,46,0,0,3,0,4},
{14719,189,46,0,0,3,0,4},{14736,199,46,0,0,3,0,4},{14753,672,46,0,0,3,0,4},{14770,488,46,0,0,3,0,4},
{7742,678,33,0,0,0,0,4},{14787,665,42,0,0,1,0,4},{14805,666,42,0,0,1,0,4},{14823,415,42,0,0,1,0,4},
{14841,676,42,0,0,1,0,4},{14859,680,42,0,0,1,0,4},{14877,146,45,0,0,2,0,4},{14895,674,45,0,0,2,0,4},
{14913,523,45,0,0,2,0,4},{14931,677,45,0,0,2,0,4},{14949,675,68,0,0,0,0,4},{14967,667,53,0,0,5,0,4},
{14985,488,53,0,0,5,0,4},{15003,667,52,0,0,4,0,4},{15021,488,52,0,0,4,0,4},{15039,664,46,0,0,3,0,4},
{15057,283,46,0,0,3,0,4},{15075,499,46,0,0,3,0,4},{15093,528,46,0,0,3,0,4},{15111,147,42,0,0,1,0,4},
{15130,425,42,0,0,1,0,4},{15149,497,42,0,0,1,0,4},{15168,498,42,0,0,1,0,4},{15187,662,45,0,0,2,0,4},
{15206,129,45,0,0,2,0,4},{15225,645,45,0,0,2,0,4},{178,265,2,0,0,0,0,13},{15244,13,46,0,0,3,0,4},
{15263,17,46,0,0,3,0,4},{15282,264,46,0,0,3,0,4},{15301,284,46,0,0,3,0,4},{15320,101,42,0,0,1,0,4},
{15340,197,42,0,0,1,0,4},{15360,463,42,0,0,1,0,4},{15380,675,42,0,0,1,0,4},{15400,642,42,0,0,1,0,4},
{15420,128,45,0,0,2,0,4},{15440,672,43,0,0,0,0,4},{15460,146,46,0,0,3,0,4},{15480,674,46,0,0,3,0,4},
{15500,523,46,0,0,3,0,4},{15520,677,46,0,0,3,0,4},{15540,6,42,0,0,1,0,4},{15561,663,42,0,0,1,0,4},
{15582,668,42,0,0,1,0,4},{15603,670,42,0,0,1,0,4},{15624,671,42,0,0,1,0,4},{15645,674,53,0,0,5,0,4},
{15666,677,53,0,0,5,0,4},{15687,674,52,0,0,4,0,4},{15708,677,52,0,0,4,0,4},{15729,662,46,0,0,3,0,4},
{15750,129,46,0,0,3,0,4},{15771,645,46,0,0,3,0,4},{15792,663,6,0,0,0,0,4},{15813,667,42,0,0,1,0,4},
{15835,189,42,0,0,1,0,4},{15857,199,42,0,0,1,0,4},{15879,672,42,0,0,1,0,4},{15901,488,42,0,0,1,0,4},
{15923,100,45,0,0,2,0,4},{15945,162,45,0,0,2,0,4},{15967,500,45,0,0,2,0,4},{15989,128,46,0,0,3,0,4},
{16011,664,42,0,0,1,0,4},{16034,283,42,0,0,1,0,4},{16057,499,42,0,0,1,0,4},{16080,528,42,0,0,1,0,4},
{16103,13,42,0,0,1,0,4},{16127,17,42,0,0,1,0,4},{16151,264,42,0,0,1,0,4},{16175,284,42,0,0,1,0,4},
{16199,644,45,0,0,2,0,4},{16223,100,46,0,0,3,0,4},{16247,162,46,0,0,3,0,4},{16271,500,46,0,0,3,0,4},
{16295,146,42,0,0,1,0,4},{16320,674,42,0,0,1,0,4},{16345,523,42,0,0,1,0,4},{16370,677,42,0,0,1,0,4},
{16395,662,42,0,0,1,0,4},{16421,129,42,0,0,1,0,4},{16447,645,42,0,0,1,0,4},{16473,452,45,0,0,2,0,4},
{16499,644,46,0,0,3,0,4},{16525,128,42,0,0,1,0,4},{16552,452,46,0,0,3,0,4},{16580,100,42,0,0,1,0,4},
{16609,162,42,0,0,1,0,4},{16638,500,42,0,0,1,0,4},{16667,644,42,0,0,1,0,4},{16698,452,42,0,0,1,0,4},
/* ElementDefinition.base */
{10,675,28,0,0,0,0,2},{13464,675,32,0,0,0,1,4},{13469,677,31,0,0,0,1,4},{922,675,30,0,0,0,1,4},
{101,265,29,0,0,0,0,1},
/* ElementDefinition.binding */
{10,675,71,0,0,0,0,2},{16782,665,73,104,0,0,1,4},{7258,664,75,0,0,0,0,4},{101,265,72,0,0,0,0,1},
{135,675,74,0,0,0,0,4},
/* ElementDefinition.constraint */
{10,675,57,0,0,0,0,2},{16822,669,59,0,0,0,1,4},{16827,675,62,0,0,0,1,4},{16834,675,64,0,0,0,0,4},
{2173,664,65,0,0,0,0,4},{1109,665,61,103,0,0,1,4},{101,265,58,0,0,0,0,1},{928,675,63,0,0,0,0,4},
{14124,675,60,0,0,0,0,4},
/* ElementDefinition.example */
{10,675,48,0,0,0,0,2},{13480,675,50,0,0,0,1,4},{16868,669,51,0,0,1,1,4},{16877,10,51,0,0,1,1,4},
{16887,673,51,0,0,1,1,4},{9823,678,51,0,0,1,1,4},{16897,679,51,0,0,1,1,4},{101,265,49,0,0,0,0,1},
{7447,665,51,0,0,1,1,4},{9833,666,51,0,0,1,1,4},{16907,415,51,0,0,1,1,4},{9844,676,51,0,0,1,1,4},
{16918,680,51,0,0,1,1,4},{16929,147,51,0,0,1,1,4},{10125,425,51,0,0,1,1,4},{12079,497,51,0,0,1,1,4},
{16941,498,51,0,0,1,1,4},{7458,101,51,0,0,1,1,4},{16953,197,51,0,0,1,1,4},{10931,463,51,0,0,1,1,4},
{2435,675,51,0,0,1,1,4},{16966,642,51,0,0,1,1,4},{16979,6,51,0,0,1,1,4},{6300,663,51,0,0,1,1,4},
{7471,668,51,0,0,1,1,4},{16993,670,51,0,0,1,1,4},{7485,671,51,0,0,1,1,4},{7499,667,51,0,0,1,1,4},
{17007,189,51,0,0,1,1,4},{10944,199,51,0,0,1,1,4},{17022,672,51,0,0,1,1,4},{6314,488,51,0,0,1,1,4},
{17037,664,51,0,0,1,1,4},{17053,283,51,0,0,1,1,4},{6329,499,51,0,0,1,1,4},{17069,528,51,0,0,1,1,4},
{17085,13,51,0,0,1,1,4},{6345,17,51,0,0,1,1,4},{17102,264,51,0,0,1,1,4},{17119,284,51,0,0,1,1,4},
{17136,146,51,0,0,1,1,4},{17154,674,51,0,0,1,1,4},{17172,523,51,0,0,1,1,4},{17190,677,51,0,0,1,1,4},
{2448,662,51,0,0,1,1,4},{17208,129,51,0,0,1,1,4},{17227,645,51,0,0,1,1,4},{17246,128,51,0,0,1,1,4},
{12091,100,51,0,0,1,1,4},{17266,162,51,0,0,1,1,4},{17288,500,51,0,0,1,1,4},{17310,644,51,0,0,1,1,4},
{17334,452,51,0,0,1,1,4},
/* ElementDefinition.mapping */
{10,675,77,0,0,0,0,2},{17387,675,81,0,0,0,1,4},{1772,675,82,0,0,0,0,4},{17392,669,79,0,0,0,1,4},
{80,665,80,0,0,0,0,4},{101,265,78,0,0,0,0,1},
/* ElementDefinition.slicing */
{10,675,10,0,0,0,0,2},{17429,665,19,100,0,0,1,4},{17436,663,18,0,0,0,0,4},{101,265,11,0,0,0,0,1},
{135,675,17,0,0,0,0,4},{17445,215,12,0,0,0,0,5},
/* ElementDefinition.slicing.discriminator */
{10,675,13,0,0,0,0,2},{922,675,16,0,0,0,1,4},{32,665,15,99,0,0,1,4},{101,265,14,0,0,0,0,1},
/* ElementDefinition.type */
{10,675,35,0,0,0,0,2},{292,678,37,0,0,0,1,4},{381,664,38,0,0,0,0,5},{101,265,36,0,0,0,0,1},
{3875,665,41,102,0,0,0,4},{17525,665,40,101,0,0,0,5},{17538,664,39,0,0,0,0,5},
/* Encounter */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,23,0,0,0,0,5},
{8762,101,16,257,0,0,1,20},{17564,199,38,0,0,0,0,0},{45,499,71,0,42,0,0,0},{259,463,37,0,0,0,0,0},
{53,665,9,105,0,0,1,12},{4931,499,48,0,3,0,0,1},{1763,499,28,0,81,0,0,1},{61,499,26,0,130,0,0,4},
{80,665,3,0,0,0,0,0},{428,221,62,0,0,0,0,1},{215,100,25,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{5516,219,41,0,0,0,0,5},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,39,0,0,0,0,5},
{2036,499,36,0,96,0,0,5},{524,222,29,0,0,0,0,5},{1813,100,24,0,0,0,0,4},{17572,218,17,0,0,0,0,1},
{17586,499,27,0,382,0,0,5},{148,678,2,0,0,0,0,12},{17601,223,10,0,0,0,0,1},{17616,220,49,0,0,0,0,0},
{1860,499,40,0,83,0,0,5},{17633,499,70,0,1,0,0,0},{178,265,7,0,0,0,0,9},
/* Encounter.classHistory */
{10,675,18,0,0,0,0,2},{8762,101,21,257,0,0,1,16},{259,463,22,0,0,0,1,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* Encounter.diagnosis */
{10,675,42,0,0,0,0,2},{987,100,46,0,0,0,0,0},{8932,674,47,0,0,0,0,0},{9552,499,45,0,384,0,1,4},
{101,265,43,0,0,0,0,1},{178,265,44,0,0,0,0,13},
/* Encounter.hospitalization */
{10,675,50,0,0,0,0,2},{17722,499,54,0,321,0,0,0},{101,265,51,0,0,0,0,1},{17730,100,55,0,0,0,0,0},
{17743,499,60,0,321,0,0,0},{17756,100,56,0,0,0,0,0},{17769,100,57,0,0,0,0,1},{17785,100,58,0,0,0,0,1},
{178,265,52,0,0,0,0,13},{17802,100,59,0,0,0,0,1},{17822,100,61,0,0,0,0,0},{17844,284,53,0,0,0,0,0},
/* Encounter.location */
{10,675,63,0,0,0,0,2},{259,463,69,0,0,0,0,0},{53,665,67,106,0,0,0,0},{428,499,66,0,19,0,1,0},
{101,265,64,0,0,0,0,1},{17888,100,68,0,0,0,0,0},{178,265,65,0,0,0,0,13},
/* Encounter.participant */
{10,675,30,0,0,0,0,2},{32,100,33,224,0,0,0,21},{259,463,34,0,0,0,0,0},{101,265,31,0,0,0,0,1},
{17925,499,35,0,387,0,0,4},{178,265,32,0,0,0,0,13},
/* Encounter.statusHistory */
{10,675,11,0,0,0,0,2},{259,463,15,0,0,0,1,0},{53,665,14,105,0,0,1,0},{101,265,12,0,0,0,0,1},
{178,265,13,0,0,0,0,13},
/* Endpoint */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{17972,675,18,0,0,0,0,1},
{259,463,14,0,0,0,0,4},{53,665,9,107,0,0,1,12},{2334,679,17,0,0,0,1,4},{363,129,13,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{17980,100,15,0,0,0,1,5},{148,678,2,0,0,0,0,12},{17993,101,10,258,0,0,1,20},{18009,665,16,0,0,0,0,5},
{178,265,7,0,0,0,0,9},{4617,499,12,0,1,0,0,4},
/* EnrollmentRequest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,52,0,0,0,12},{1781,667,10,0,0,0,0,0},
{5449,499,11,0,1,0,0,0},{70,499,14,0,13,0,0,0},{80,665,3,0,0,0,0,0},{5496,499,12,0,198,0,0,0},
{18045,499,13,0,72,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* EnrollmentResponse */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,52,0,0,0,12},{1781,667,13,0,0,0,0,0},
{1070,665,11,54,0,0,0,0},{2587,499,10,0,391,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{6429,675,12,0,0,0,0,0},{8653,499,14,0,1,0,0,0},
{148,678,2,0,0,0,0,12},{18076,499,15,0,198,0,0,0},{178,265,7,0,0,0,0,9},
/* EpisodeOfCare */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{18108,499,29,0,133,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,16,0,0,0,0,5},{259,463,26,0,0,0,0,4},{53,665,9,108,0,0,1,12},{4931,499,30,0,3,0,0,1},
{1449,499,24,0,72,0,1,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{5516,228,17,0,0,0,0,5},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{18114,499,28,0,69,0,0,0},{148,678,2,0,0,0,0,12},
{17601,229,10,0,0,0,0,1},{18127,499,27,0,81,0,0,1},{178,265,7,0,0,0,0,9},{4617,499,25,0,1,0,0,4},
/* EpisodeOfCare.diagnosis */
{10,675,18,0,0,0,0,2},{8932,674,23,0,0,0,0,4},{972,100,22,0,0,0,0,4},{9552,499,21,0,50,0,1,4},
{101,265,19,0,0,0,0,1},{178,265,20,0,0,0,0,13},
/* EpisodeOfCare.statusHistory */
{10,675,11,0,0,0,0,2},{259,463,15,0,0,0,1,0},{53,665,14,108,0,0,1,0},{101,265,12,0,0,0,0,1},
{178,265,13,0,0,0,0,13},
/* EventDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,17,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{317,100,29,0,0,0,0,1},{324,675,24,0,0,0,0,0},
{331,128,30,0,0,0,0,1},{347,128,31,0,0,0,0,1},{53,665,14,2,0,0,1,12},{363,128,19,0,0,0,0,5},
{390,672,23,0,0,0,0,0},{18215,644,35,0,0,0,1,5},{399,675,10,0,0,0,0,4},{418,128,33,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{448,128,32,0,0,0,0,1},{458,675,13,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{468,672,25,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,18,0,0,0,0,4},{123,284,9,0,0,0,0,5},
{512,645,21,0,0,0,0,5},{135,672,20,0,0,0,0,0},{550,666,26,0,0,0,0,4},{592,663,15,0,0,0,0,4},
{606,100,22,0,0,0,0,5},{148,678,2,0,0,0,0,12},{648,666,27,0,0,0,0,4},{696,463,28,0,0,0,0,4},
{713,500,34,0,0,0,0,1},{748,499,16,0,24,1,0,0},{178,265,7,0,0,0,0,9},{835,100,16,222,0,1,0,16},
/* Evidence */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,16,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{1443,13,20,0,0,0,0,1},{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{317,100,27,0,0,0,0,1},
{331,128,28,0,0,0,0,1},{347,128,29,0,0,0,0,1},{53,665,15,2,0,0,1,12},{363,128,18,0,0,0,0,5},
{1070,499,35,0,378,0,0,5},{399,675,10,0,0,0,0,4},{418,128,31,0,0,0,0,1},{80,665,3,0,0,0,0,0},
{448,128,30,0,0,0,0,1},{458,675,14,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,23,0,0,0,0,0},
{101,265,6,0,0,0,0,1},{479,675,17,0,0,0,0,4},{123,284,9,0,0,0,0,5},{18234,675,13,0,0,0,0,0},
{512,645,21,0,0,0,0,5},{135,672,19,0,0,0,0,4},{550,666,24,0,0,0,0,0},{606,100,22,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{648,666,25,0,0,0,0,0},{696,463,26,0,0,0,0,4},{18246,499,34,0,378,0,0,5},
{713,500,32,0,0,0,0,1},{178,265,7,0,0,0,0,9},{18263,499,33,0,378,0,1,4},
/* EvidenceVariable */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,16,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{1443,13,20,0,0,0,0,1},{26,428,4,0,0,0,0,0},{32,665,33,109,0,0,0,4},{310,675,12,0,0,0,0,4},
{317,100,27,0,0,0,0,1},{331,128,28,0,0,0,0,1},{347,128,29,0,0,0,0,1},{53,665,15,2,0,0,1,12},
{363,128,18,0,0,0,0,5},{399,675,10,0,0,0,0,4},{418,128,31,0,0,0,0,1},{80,665,3,0,0,0,0,0},
{448,128,30,0,0,0,0,1},{458,675,14,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,23,0,0,0,0,0},
{101,265,6,0,0,0,0,1},{479,675,17,0,0,0,0,4},{123,284,9,0,0,0,0,5},{18234,675,13,0,0,0,0,4},
{512,645,21,0,0,0,0,5},{135,672,19,0,0,0,0,4},{550,666,24,0,0,0,0,0},{606,100,22,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{18301,233,34,0,0,0,1,5},{648,666,25,0,0,0,0,0},{696,463,26,0,0,0,0,4},
{713,500,32,0,0,0,0,1},{178,265,7,0,0,0,0,9},
/* EvidenceVariable.characteristic */
{10,675,35,0,0,0,0,2},{18350,663,41,0,0,0,0,0},{101,265,36,0,0,0,0,1},{135,675,38,0,0,0,0,0},
{18359,665,44,110,0,0,0,0},{18373,645,40,0,0,0,0,1},{18387,199,43,0,0,0,0,0},{178,265,37,0,0,0,0,13},
{5111,664,39,0,0,1,1,4},{18402,499,39,0,24,1,1,4},{18423,264,39,0,0,1,1,4},{18445,100,39,0,0,1,1,4},
{18472,162,39,0,0,1,1,4},{18499,463,42,0,0,2,0,0},{18527,642,42,0,0,2,0,0},{18555,644,39,0,0,1,1,4},
{18584,667,42,0,0,2,0,0},{18614,199,42,0,0,2,0,0},
/* ExampleScenario */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{1998,235,21,0,0,0,0,1},{53,665,12,2,0,0,1,12},{363,128,16,0,0,0,0,5},
{18661,239,49,0,0,0,0,1},{390,672,20,0,0,0,0,0},{399,675,10,0,0,0,0,4},{1286,236,29,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{18670,664,84,0,0,0,0,1},{90,514,5,0,0,0,0,1},{468,672,19,0,0,0,0,0},
{101,265,6,0,0,0,0,1},{479,675,15,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,17,0,0,0,0,5},
{592,663,13,0,0,0,0,4},{606,100,18,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* ExampleScenario.actor */
{10,675,22,0,0,0,0,2},{20,675,27,0,0,0,0,0},{32,665,26,111,0,0,1,0},{18703,675,25,0,0,0,1,0},
{101,265,23,0,0,0,0,1},{135,672,28,0,0,0,0,0},{178,265,24,0,0,0,0,13},
/* ExampleScenario.instance */
{10,675,30,0,0,0,0,2},{20,675,35,0,0,0,0,0},{399,238,37,0,0,0,0,1},{101,265,31,0,0,0,0,1},
{18738,675,33,0,0,0,1,0},{135,672,36,0,0,0,0,0},{18750,665,34,34,0,0,1,0},{18764,237,43,0,0,0,0,1},
{178,265,32,0,0,0,0,13},
/* ExampleScenario.instance.containedInstance */
{10,675,44,0,0,0,0,2},{101,265,45,0,0,0,0,1},{18827,675,48,0,0,0,0,0},{18738,675,47,0,0,0,1,0},
{178,265,46,0,0,0,0,13},
/* ExampleScenario.instance.version */
{10,675,38,0,0,0,0,2},{101,265,39,0,0,0,0,1},{18827,675,41,0,0,0,1,0},{135,672,42,0,0,0,1,0},
{178,265,40,0,0,0,0,13},
/* ExampleScenario.process */
{10,675,50,0,0,0,0,2},{18897,240,57,0,0,0,0,1},{310,675,53,0,0,0,1,4},{101,265,51,0,0,0,0,1},
{135,672,54,0,0,0,0,0},{18903,672,55,0,0,0,0,0},{18918,672,56,0,0,0,0,0},{178,265,52,0,0,0,0,13},
/* ExampleScenario.process.step */
{10,675,58,0,0,0,0,2},{18964,663,62,0,0,0,0,0},{18661,239,61,0,0,0,0,1},{101,265,59,0,0,0,0,1},
{3752,242,63,0,0,0,0,0},{18971,241,77,0,0,0,0,1},{178,265,60,0,0,0,0,13},
/* ExampleScenario.process.step.alternative */
{10,675,78,0,0,0,0,2},{18897,240,83,0,0,0,0,1},{310,675,81,0,0,0,1,0},{101,265,79,0,0,0,0,1},
{135,672,82,0,0,0,0,0},{178,265,80,0,0,0,0,13},
/* ExampleScenario.process.step.operation */
{10,675,64,0,0,0,0,2},{20,675,69,0,0,0,0,0},{32,675,68,0,0,0,0,0},{6922,675,67,0,0,0,1,0},
{2587,237,75,0,0,0,0,0},{19066,675,71,0,0,0,0,0},{3104,237,76,0,0,0,0,0},{101,265,65,0,0,0,0,1},
{19076,675,70,0,0,0,0,0},{135,672,72,0,0,0,0,0},{19087,663,74,0,0,0,0,0},{19103,663,73,0,0,0,0,0},
{178,265,66,0,0,0,0,13},
/* ExplanationOfBenefit */
{10,669,0,0,0,0,0,4},{987,665,12,53,0,0,1,4},{6377,17,227,0,0,0,0,0},{4891,253,97,0,0,0,0,1},
{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,236,0,0,1,20},{6245,499,39,0,212,0,0,0},
{5442,257,31,0,0,0,0,0},{3034,263,210,0,0,0,0,5},{53,665,9,112,0,0,1,12},{6390,245,164,0,0,0,0,1},
{1781,667,15,0,0,0,1,4},{4949,499,16,0,69,0,0,0},{5449,499,17,0,1,0,1,4},{1070,665,41,54,0,0,1,4},
{1449,499,13,0,72,0,1,4},{6399,258,216,0,0,0,0,0},{5458,261,22,0,0,0,0,1},{5467,100,11,0,0,0,0,0},
{5476,244,90,0,0,0,0,0},{4314,250,45,0,0,0,0,1},{5486,499,38,0,19,0,0,0},{6408,100,226,0,0,0,0,0},
{80,665,3,0,0,0,0,0},{215,100,19,0,0,0,0,0},{5496,499,18,0,198,0,1,4},{5506,499,37,0,81,0,0,0},
{90,514,5,0,0,0,0,1},{5516,251,64,0,0,0,0,1},{101,265,6,0,0,0,0,1},{5527,252,83,0,0,0,1,5},
{2875,259,73,0,0,0,0,1},{123,284,8,0,0,0,0,1},{5823,675,43,0,0,0,0,1},{19142,674,82,0,0,0,0,0},
{6429,675,42,0,0,0,0,0},{6442,260,228,0,0,0,0,1},{6455,254,209,0,0,0,0,1},{5538,100,21,0,0,0,0,0},
{5552,499,29,0,393,0,0,0},{10523,463,236,0,0,0,0,0},{5835,499,40,0,206,0,0,0},{148,678,2,0,0,0,0,12},
{19154,248,237,0,0,0,0,1},{5566,463,14,0,0,0,0,4},{4345,262,54,0,0,0,0,1},{19170,463,44,0,0,0,0,1},
{178,265,7,0,0,0,0,9},{5582,499,30,0,396,0,0,0},{19188,100,20,0,0,0,0,0},
/* ExplanationOfBenefit.accident */
{10,675,91,0,0,0,0,2},{298,666,94,0,0,0,0,0},{32,100,95,237,0,0,0,16},{101,265,92,0,0,0,0,1},
{5620,6,96,0,0,1,0,0},{5637,499,96,0,19,1,0,0},{178,265,93,0,0,0,0,13},
/* ExplanationOfBenefit.addItem */
{10,675,165,0,0,0,0,2},{5883,425,180,0,0,0,0,0},{2375,246,185,0,0,0,0,1},{5427,668,179,0,0,0,0,0},
{5902,100,182,0,0,0,0,1},{408,100,181,0,0,0,0,0},{5911,100,173,0,0,0,0,1},{5496,499,171,0,198,0,0,1},
{438,488,177,0,0,0,0,0},{101,265,166,0,0,0,0,1},{5921,425,178,0,0,0,0,0},{6529,674,183,0,0,0,0,1},
{5932,100,174,0,0,0,0,1},{6455,254,184,0,0,0,0,1},{6541,674,168,0,0,0,0,1},{5945,666,175,0,0,1,0,0},
{6555,674,169,0,0,0,0,1},{5959,463,175,0,0,1,0,0},{5620,6,176,0,0,2,0,0},{5993,100,172,0,0,0,1,0},
{5637,499,176,0,19,2,0,0},{178,265,167,0,0,0,0,13},{6681,674,170,0,0,0,0,1},{6070,100,176,0,0,2,0,0},
/* ExplanationOfBenefit.addItem.detail */
{10,675,186,0,0,0,0,2},{5883,425,194,0,0,0,0,0},{5427,668,193,0,0,0,0,0},{5911,100,190,0,0,0,0,1},
{438,488,191,0,0,0,0,0},{101,265,187,0,0,0,0,1},{6114,247,197,0,0,0,0,1},{5921,425,192,0,0,0,0,0},
{6529,674,195,0,0,0,0,1},{6455,254,196,0,0,0,0,1},{5993,100,189,0,0,0,1,0},{178,265,188,0,0,0,0,13},
/* ExplanationOfBenefit.addItem.detail.subDetail */
{10,675,198,0,0,0,0,2},{5883,425,206,0,0,0,0,0},{5427,668,205,0,0,0,0,0},{5911,100,202,0,0,0,0,1},
{438,488,203,0,0,0,0,0},{101,265,199,0,0,0,0,1},{5921,425,204,0,0,0,0,0},{6529,674,207,0,0,0,0,1},
{6455,254,208,0,0,0,0,1},{5993,100,201,0,0,0,1,0},{178,265,200,0,0,0,0,13},
/* ExplanationOfBenefit.benefitBalance */
{10,675,238,0,0,0,0,2},{20,675,243,0,0,0,0,0},{8954,100,247,0,0,0,0,0},{1390,100,246,0,0,0,0,0},
{2274,100,245,0,0,0,0,0},{1079,100,241,0,0,0,1,0},{10591,663,242,0,0,0,0,0},{101,265,239,0,0,0,0,1},
{19393,249,248,0,0,0,0,1},{135,675,244,0,0,0,0,0},{178,265,240,0,0,0,0,13},
/* ExplanationOfBenefit.benefitBalance.financial */
{10,675,249,0,0,0,0,2},{32,100,252,0,0,0,1,0},{101,265,250,0,0,0,0,1},{10719,425,254,0,0,2,0,0},
{10742,425,253,0,0,1,0,0},{10756,675,253,0,0,1,0,0},{10771,677,254,0,0,2,0,0},{178,265,251,0,0,0,0,13},
{10788,677,253,0,0,1,0,0},
/* ExplanationOfBenefit.careTeam */
{10,675,46,0,0,0,0,2},{972,100,52,0,0,0,0,0},{5496,499,50,0,198,0,1,0},{5672,674,49,0,0,0,1,0},
{101,265,47,0,0,0,0,1},{5682,663,51,0,0,0,0,0},{5695,100,53,0,0,0,0,0},{178,265,48,0,0,0,0,13},
/* ExplanationOfBenefit.diagnosis */
{10,675,65,0,0,0,0,2},{32,100,70,0,0,0,0,1},{5672,674,68,0,0,0,1,0},{101,265,66,0,0,0,0,1},
{5727,100,71,0,0,0,0,0},{5740,100,72,0,0,0,0,0},{178,265,67,0,0,0,0,13},{5753,499,69,0,50,1,1,0},
{5773,100,69,0,0,1,1,0},
/* ExplanationOfBenefit.insurance */
{10,675,84,0,0,0,0,2},{5816,663,87,0,0,0,1,4},{70,499,88,0,13,0,1,4},{101,265,85,0,0,0,0,1},
{5823,675,89,0,0,0,0,1},{178,265,86,0,0,0,0,13},
/* ExplanationOfBenefit.item */
{10,675,98,0,0,0,0,2},{5883,425,116,0,0,0,0,0},{5888,499,117,0,208,0,0,1},{2375,255,130,0,0,0,0,1},
{5427,668,115,0,0,0,0,0},{5893,100,106,0,0,0,0,0},{5902,100,119,0,0,0,0,1},{408,100,118,0,0,0,0,0},
{1079,100,107,0,0,0,0,0},{5911,100,109,0,0,0,0,1},{438,488,113,0,0,0,0,0},{5672,674,101,0,0,0,1,0},
{1130,499,120,0,42,0,0,1},{101,265,99,0,0,0,0,1},{5921,425,114,0,0,0,0,0},{6529,674,121,0,0,0,0,1},
{5932,100,110,0,0,0,0,1},{6455,254,122,0,0,0,0,1},{5945,666,111,0,0,1,0,0},{5959,463,111,0,0,1,0,0},
{5620,6,112,0,0,2,0,0},{5975,674,102,0,0,0,0,1},{5993,100,108,0,0,0,1,0},{6011,674,103,0,0,0,0,1},
{5637,499,112,0,19,2,0,0},{178,265,100,0,0,0,0,13},{6030,674,104,0,0,0,0,1},{6049,674,105,0,0,0,0,1},
{6070,100,112,0,0,2,0,0},
/* ExplanationOfBenefit.item.adjudication */
{10,675,123,0,0,0,0,2},{1396,668,129,0,0,0,0,0},{5419,425,128,0,0,0,0,0},{4923,100,127,0,0,0,0,0},
{1079,100,126,0,0,0,1,0},{101,265,124,0,0,0,0,1},{178,265,125,0,0,0,0,13},
/* ExplanationOfBenefit.item.detail */
{10,675,131,0,0,0,0,2},{5883,425,143,0,0,0,0,0},{5888,499,144,0,208,0,0,1},{5427,668,142,0,0,0,0,0},
{5893,100,135,0,0,0,0,0},{1079,100,136,0,0,0,0,0},{5911,100,138,0,0,0,0,1},{438,488,140,0,0,0,0,0},
{5672,674,134,0,0,0,1,0},{101,265,132,0,0,0,0,1},{6114,256,147,0,0,0,0,1},{5921,425,141,0,0,0,0,0},
{6529,674,145,0,0,0,0,1},{5932,100,139,0,0,0,0,1},{6455,254,146,0,0,0,0,1},{5993,100,137,0,0,0,1,0},
{178,265,133,0,0,0,0,13},
/* ExplanationOfBenefit.item.detail.subDetail */
{10,675,148,0,0,0,0,2},{5883,425,160,0,0,0,0,0},{5888,499,161,0,208,0,0,1},{5427,668,159,0,0,0,0,0},
{5893,100,152,0,0,0,0,0},{1079,100,153,0,0,0,0,0},{5911,100,155,0,0,0,0,1},{438,488,157,0,0,0,0,0},
{5672,674,151,0,0,0,1,0},{101,265,149,0,0,0,0,1},{5921,425,158,0,0,0,0,0},{6529,674,162,0,0,0,0,1},
{5932,100,156,0,0,0,0,1},{6455,254,163,0,0,0,0,1},{5993,100,154,0,0,0,1,0},{178,265,150,0,0,0,0,13},
/* ExplanationOfBenefit.payee */
{10,675,32,0,0,0,0,2},{32,100,35,0,0,0,0,0},{244,499,36,0,105,0,0,0},{101,265,33,0,0,0,0,1},
{178,265,34,0,0,0,0,13},
/* ExplanationOfBenefit.payment */
{10,675,217,0,0,0,0,2},{298,666,223,0,0,0,0,0},{32,100,220,0,0,0,0,0},{5419,425,224,0,0,0,0,0},
{101,265,218,0,0,0,0,1},{6865,425,221,0,0,0,0,0},{123,284,225,0,0,0,0,0},{6877,100,222,0,0,0,0,0},
{178,265,219,0,0,0,0,13},
/* ExplanationOfBenefit.procedure */
{10,675,74,0,0,0,0,2},{5888,499,81,0,208,0,0,1},{298,667,79,0,0,0,0,0},{32,100,78,0,0,0,0,1},
{5672,674,77,0,0,0,1,0},{101,265,75,0,0,0,0,1},{178,265,76,0,0,0,0,13},{6184,499,80,0,210,1,1,0},
{6204,100,80,0,0,1,1,0},
/* ExplanationOfBenefit.processNote */
{10,675,229,0,0,0,0,2},{26,675,234,0,0,0,0,0},{32,665,233,55,0,0,0,0},{6922,674,232,0,0,0,0,0},
{80,100,235,0,0,0,0,0},{101,265,230,0,0,0,0,1},{178,265,231,0,0,0,0,13},
/* ExplanationOfBenefit.related */
{10,675,23,0,0,0,0,2},{6245,499,26,0,212,0,0,0},{101,265,24,0,0,0,0,1},{4430,284,28,0,0,0,0,0},
{6252,100,27,0,0,0,0,0},{178,265,25,0,0,0,0,13},
/* ExplanationOfBenefit.supportingInfo */
{10,675,55,0,0,0,0,2},{292,100,60,0,0,0,0,0},{4923,101,63,0,0,0,0,0},{1079,100,59,0,0,0,1,0},
{5672,674,58,0,0,0,1,0},{101,265,56,0,0,0,0,1},{6288,666,61,0,0,1,0,0},{2435,675,62,0,0,2,0,0},
{620,463,61,0,0,1,0,0},{6300,663,62,0,0,2,0,0},{6314,488,62,0,0,2,0,0},{6329,499,62,0,0,2,0,0},
{6345,17,62,0,0,2,0,0},{178,265,57,0,0,0,0,13},
/* ExplanationOfBenefit.total */
{10,675,211,0,0,0,0,2},{5419,425,215,0,0,0,1,4},{1079,100,214,0,0,0,1,4},{101,265,212,0,0,0,0,1},
{178,265,213,0,0,0,0,13},
/* Expression */
{10,675,0,0,0,0,0,2},{20,669,3,0,0,0,0,4},{80,665,4,259,0,0,1,20},{101,265,1,0,0,0,0,1},
{4430,678,6,0,0,0,0,4},{928,675,5,0,0,0,0,4},{135,675,2,0,0,0,0,4},
/* Extension */
{10,675,0,0,0,0,0,2},{287,678,2,0,0,0,1,2},{16868,669,3,0,0,1,0,0},{16877,10,3,0,0,1,0,0},
{16887,673,3,0,0,1,0,0},{9823,678,3,0,0,1,0,0},{16897,679,3,0,0,1,0,0},{101,265,1,0,0,0,0,1},
{7447,665,3,0,0,1,0,0},{9833,666,3,0,0,1,0,0},{16907,415,3,0,0,1,0,0},{9844,676,3,0,0,1,0,0},
{16918,680,3,0,0,1,0,0},{16929,147,3,0,0,1,0,0},{10125,425,3,0,0,1,0,0},{12079,497,3,0,0,1,0,0},
{16941,498,3,0,0,1,0,0},{7458,101,3,0,0,1,0,0},{16953,197,3,0,0,1,0,0},{10931,463,3,0,0,1,0,0},
{2435,675,3,0,0,1,0,0},{16966,642,3,0,0,1,0,0},{16979,6,3,0,0,1,0,0},{6300,663,3,0,0,1,0,0},
{7471,668,3,0,0,1,0,0},{16993,670,3,0,0,1,0,0},{7485,671,3,0,0,1,0,0},{7499,667,3,0,0,1,0,0},
{17007,189,3,0,0,1,0,0},{10944,199,3,0,0,1,0,0},{17022,672,3,0,0,1,0,0},{6314,488,3,0,0,1,0,0},
{17037,664,3,0,0,1,0,0},{17053,283,3,0,0,1,0,0},{6329,499,3,0,0,1,0,0},{17069,528,3,0,0,1,0,0},
{17085,13,3,0,0,1,0,0},{6345,17,3,0,0,1,0,0},{17102,264,3,0,0,1,0,0},{17119,284,3,0,0,1,0,0},
{17136,146,3,0,0,1,0,0},{17154,674,3,0,0,1,0,0},{17172,523,3,0,0,1,0,0},{17190,677,3,0,0,1,0,0},
{2448,662,3,0,0,1,0,0},{17208,129,3,0,0,1,0,0},{17227,645,3,0,0,1,0,0},{17246,128,3,0,0,1,0,0},
{12091,100,3,0,0,1,0,0},{17266,162,3,0,0,1,0,0},{17288,500,3,0,0,1,0,0},{17310,644,3,0,0,1,0,0},
{17334,452,3,0,0,1,0,0},
/* FamilyMemberHistory */
{10,669,0,0,0,0,0,4},{19954,100,17,159,0,0,0,20},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},
{20,675,15,0,0,0,0,4},{1443,13,24,0,0,0,0,1},{26,428,4,0,0,0,0,0},{19959,10,19,0,0,2,0,4},
{53,665,11,113,0,0,1,12},{1449,499,13,0,72,0,1,4},{19967,497,19,0,0,2,0,4},{19977,666,18,0,0,1,0,0},
{80,665,3,0,0,0,0,0},{19987,675,19,0,0,2,0,4},{9552,267,25,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{19998,463,18,0,0,1,0,0},{20010,675,18,0,0,1,0,0},{123,284,8,0,0,0,0,5},
{1801,100,22,0,0,0,0,5},{20022,10,21,0,0,3,0,4},{20035,666,21,0,0,3,0,4},{20049,663,20,0,0,0,0,4},
{6252,100,16,0,0,0,1,4},{20063,497,21,0,0,3,0,4},{148,678,2,0,0,0,0,12},{20078,675,21,0,0,3,0,4},
{20094,663,21,0,0,3,0,4},{4361,678,10,0,0,0,0,5},{1860,499,23,0,398,0,0,5},{20111,100,12,0,0,0,0,4},
{178,265,7,0,0,0,0,9},{4378,664,9,0,0,0,0,5},
/* FamilyMemberHistory.condition */
{10,675,26,0,0,0,0,2},{292,100,29,0,0,0,1,0},{1443,13,33,0,0,0,0,1},{1070,100,30,0,0,0,0,0},
{1468,10,32,0,0,1,0,0},{101,265,27,0,0,0,0,1},{1488,497,32,0,0,1,0,0},{1513,463,32,0,0,1,0,0},
{1526,675,32,0,0,1,0,0},{178,265,28,0,0,0,0,13},{20160,663,31,0,0,0,0,0},
/* Flag */
{10,669,0,0,0,0,0,4},{292,100,11,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{331,499,15,0,405,0,0,4},{259,463,13,0,0,0,0,4},{53,665,9,114,0,0,1,12},{61,499,12,0,411,0,1,4},
{1079,100,10,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,14,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Goal */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,27,0,0,0,0,1},{26,428,4,0,0,0,0,0},{8237,270,16,0,0,0,0,1},
{61,499,14,0,420,0,1,4},{1079,100,11,0,0,0,0,5},{80,665,3,0,0,0,0,0},{215,100,12,0,0,0,0,4},
{4334,499,26,0,424,0,0,1},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{20192,666,15,0,0,1,0,4},
{123,284,8,0,0,0,0,1},{20203,666,23,0,0,0,0,4},{135,100,13,0,0,0,1,4},{20215,499,25,0,37,0,0,4},
{20228,100,28,0,0,0,0,1},{4533,675,24,0,0,0,0,0},{148,678,2,0,0,0,0,12},{20241,665,9,115,0,0,1,12},
{4441,499,29,0,354,0,0,1},{20258,100,10,0,0,0,0,4},{178,265,7,0,0,0,0,9},{20277,100,15,0,0,1,0,4},
/* Goal.target */
{10,675,17,0,0,0,0,2},{20312,666,22,0,0,2,0,4},{20321,100,20,0,0,0,0,4},{101,265,18,0,0,0,0,1},
{20330,497,21,0,0,1,0,4},{20343,498,21,0,0,1,0,4},{20356,199,22,0,0,2,0,4},{20369,675,21,0,0,1,0,4},
{20383,663,21,0,0,1,0,4},{20398,671,21,0,0,1,0,4},{20413,488,21,0,0,1,0,4},{178,265,19,0,0,0,0,13},
{20429,100,21,0,0,1,0,4},
/* GraphDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,13,0,0,0,0,4},{3021,272,22,0,0,0,0,1},
{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,1,4},{26,428,4,0,0,0,0,0},{1756,665,20,34,0,0,1,4},
{53,665,11,2,0,0,1,12},{363,128,15,0,0,0,0,5},{381,664,21,0,0,0,0,0},{390,672,19,0,0,0,0,0},
{399,675,9,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{479,675,14,0,0,0,0,4},
{512,645,17,0,0,0,0,5},{135,672,16,0,0,0,0,0},{592,663,12,0,0,0,0,4},{606,100,18,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* GraphDefinition.link */
{10,675,23,0,0,0,0,2},{13464,675,29,0,0,0,0,0},{13469,671,28,0,0,0,0,0},{922,675,26,0,0,0,0,0},
{8237,273,31,0,0,0,0,1},{101,265,24,0,0,0,0,1},{13667,675,27,0,0,0,0,0},{135,675,30,0,0,0,0,0},
{178,265,25,0,0,0,0,13},
/* GraphDefinition.link.target */
{10,675,32,0,0,0,0,2},{3021,272,47,0,0,0,0,1},{32,665,35,34,0,0,1,0},{20520,675,36,0,0,0,0,0},
{381,664,37,0,0,0,0,0},{101,265,33,0,0,0,0,1},{3763,274,38,0,0,0,0,1},{178,265,34,0,0,0,0,13},
/* GraphDefinition.link.target.compartment */
{10,675,39,0,0,0,0,2},{987,665,42,116,0,0,1,0},{292,665,43,62,0,0,1,0},{8948,665,44,117,0,0,1,0},
{101,265,40,0,0,0,0,1},{928,675,45,0,0,0,0,0},{135,675,46,0,0,0,0,0},{178,265,41,0,0,0,0,13},
/* Group */
{10,669,0,0,0,0,0,4},{292,100,12,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,13,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{32,665,10,118,0,0,1,4},{2974,663,9,0,0,0,0,4},{20576,663,11,0,0,0,1,4},{4661,277,24,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{438,677,14,0,0,0,0,4},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{18301,276,16,0,0,0,0,1},{20584,499,15,0,431,0,0,4},{178,265,7,0,0,0,0,9},
/* Group.characteristic */
{10,675,17,0,0,0,0,2},{292,100,20,0,0,0,1,0},{259,463,23,0,0,0,0,0},{18350,663,22,0,0,0,1,0},
{101,265,18,0,0,0,0,1},{12079,497,21,0,0,1,1,0},{6300,663,21,0,0,1,1,0},{6314,488,21,0,0,1,1,0},
{6329,499,21,0,0,1,1,0},{178,265,19,0,0,0,0,13},{12091,100,21,0,0,1,1,0},
/* Group.member */
{10,675,25,0,0,0,0,2},{2165,499,28,0,436,0,1,0},{259,463,29,0,0,0,0,0},{20636,663,30,0,0,0,0,0},
{101,265,26,0,0,0,0,1},{178,265,27,0,0,0,0,13},
/* GuidanceResponse */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,18,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{12184,499,21,0,444,0,0,0},{53,665,11,119,0,0,1,12},{61,499,12,0,130,0,0,0},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{1130,499,13,0,42,0,0,0},{101,265,6,0,0,0,0,1},{20664,678,10,0,0,1,1,4},
{4509,499,15,0,208,0,0,0},{123,284,9,0,0,0,0,5},{1801,100,16,0,0,0,0,1},{148,678,2,0,0,0,0,12},
{20675,162,22,0,0,0,0,1},{20692,664,10,0,0,1,1,4},{1860,499,17,0,154,0,0,1},{20709,499,20,0,447,0,0,0},
{20727,499,19,0,449,0,0,1},{178,265,7,0,0,0,0,9},{20746,284,8,0,0,0,0,4},{5091,667,14,0,0,0,0,0},
{20765,100,10,0,0,1,1,4},
/* HealthcareService */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,15,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,12,0,0,0,0,5},
{20807,17,18,0,0,0,0,4},{2974,663,9,0,0,0,0,12},{1772,675,16,0,0,0,0,4},{20814,100,28,0,0,0,0,1},
{4608,129,19,0,0,0,0,1},{1079,100,11,0,0,0,0,5},{3563,499,48,0,451,0,0,1},{80,665,3,0,0,0,0,0},
{428,499,14,0,19,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{1790,100,13,0,0,0,0,5},
{123,284,8,0,0,0,0,5},{20823,499,10,0,1,0,0,4},{20835,281,22,0,0,0,0,1},{20848,499,20,0,19,0,0,1},
{20862,672,17,0,0,0,0,0},{20876,282,41,0,0,0,0,1},{20890,280,33,0,0,0,0,1},{20905,100,30,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{18301,100,29,0,0,0,0,1},{20920,100,31,0,0,0,0,1},{178,265,7,0,0,0,0,9},
{20936,663,32,0,0,0,0,0},{20957,100,21,0,0,0,0,1},{20979,675,47,0,0,0,0,0},
/* HealthcareService.availableTime */
{10,675,34,0,0,0,0,2},{21036,663,38,0,0,0,0,0},{101,265,35,0,0,0,0,1},{21044,665,37,120,0,0,0,1},
{21056,676,40,0,0,0,0,0},{178,265,36,0,0,0,0,13},{21074,676,39,0,0,0,0,0},
/* HealthcareService.eligibility */
{10,675,23,0,0,0,0,2},{292,100,26,0,0,0,0,0},{1772,672,27,0,0,0,0,0},{101,265,24,0,0,0,0,1},
{178,265,25,0,0,0,0,13},
/* HealthcareService.notAvailable */
{10,675,42,0,0,0,0,2},{21157,463,46,0,0,0,0,0},{101,265,43,0,0,0,0,1},{135,675,45,0,0,0,1,0},
{178,265,44,0,0,0,0,13},
/* HumanName */
{10,675,0,0,0,0,0,2},{987,665,2,121,0,0,0,12},{26,675,3,0,0,0,0,4},{21176,675,5,0,0,0,0,5},
{21183,675,4,0,0,0,0,4},{259,463,8,0,0,0,0,4},{21191,675,6,0,0,0,0,5},{21199,675,7,0,0,0,0,5},
{101,265,1,0,0,0,0,1},
/* Identifier */
{10,675,0,0,0,0,0,2},{987,665,2,122,0,0,0,12},{32,100,3,261,0,0,0,20},{1396,675,5,0,0,0,0,4},
{259,463,6,0,0,0,0,4},{1403,678,4,0,0,0,0,4},{21219,499,7,0,1,0,0,4},{101,265,1,0,0,0,0,1},
/* ImagingStudy */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,25,0,0,0,0,5},{26,428,4,0,0,0,0,0},
{21243,286,27,0,0,0,0,5},{53,665,9,123,0,0,1,12},{1763,499,14,0,453,0,0,5},{21251,667,13,0,0,0,0,4},
{61,499,11,0,459,0,1,4},{3563,499,17,0,451,0,0,5},{80,665,3,0,0,0,0,0},{428,499,22,0,19,0,0,4},
{21260,101,10,262,0,0,0,21},{21270,499,15,0,69,0,0,4},{90,514,5,0,0,0,0,1},{1130,499,12,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,23,0,0,0,0,5},{135,675,26,0,0,0,0,4},
{21280,499,16,0,69,0,0,5},{148,678,2,0,0,0,0,12},{21293,100,21,0,0,0,0,5},{21308,677,18,0,0,0,0,4},
{1860,499,24,0,348,0,0,5},{178,265,7,0,0,0,0,9},{21324,677,19,0,0,0,0,4},{6184,499,20,0,210,0,0,4},
/* ImagingStudy.series */
{10,675,28,0,0,0,0,2},{21364,669,31,0,0,0,1,4},{6922,677,32,0,0,0,0,4},{21251,667,40,0,0,0,0,4},
{408,101,37,0,0,0,0,4},{3563,499,36,0,451,0,0,5},{1286,287,47,0,0,0,0,1},{21260,101,33,262,0,0,1,20},
{12192,499,39,0,362,0,0,5},{101,265,29,0,0,0,0,1},{4509,288,41,0,0,0,0,5},{21369,101,38,0,0,0,0,4},
{135,675,34,0,0,0,0,4},{178,265,30,0,0,0,0,13},{21324,677,35,0,0,0,0,4},
/* ImagingStudy.series.instance */
{10,675,48,0,0,0,0,2},{21364,669,51,0,0,0,1,0},{310,675,54,0,0,0,0,0},{6922,677,53,0,0,0,0,0},
{21411,101,52,0,0,0,1,0},{101,265,49,0,0,0,0,1},{178,265,50,0,0,0,0,13},
/* ImagingStudy.series.performer */
{10,675,42,0,0,0,0,2},{1998,499,46,0,120,0,1,4},{5202,100,45,263,0,0,0,20},{101,265,43,0,0,0,0,1},
{178,265,44,0,0,0,0,13},
/* Immunization */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,31,0,0,0,0,5},{2486,100,22,0,0,0,0,0},{26,428,4,0,0,0,0,0},
{12594,100,23,0,0,0,0,0},{53,665,9,124,0,0,1,12},{1449,499,12,0,72,0,1,4},{80,665,3,0,0,0,0,0},
{428,499,18,0,19,0,0,0},{1478,293,46,0,0,0,0,1},{2190,667,15,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{21466,290,36,0,0,0,0,1},{1130,499,13,0,42,0,0,0},{101,265,6,0,0,0,0,1},{11135,675,20,0,0,0,0,0},
{4509,291,25,0,0,0,0,5},{123,284,8,0,0,0,0,1},{1801,100,32,0,0,0,0,1},{21477,663,34,0,0,0,0,12},
{21490,100,11,0,0,0,1,4},{12804,488,24,0,0,0,0,0},{11195,499,19,0,1,0,0,0},{21503,100,17,0,0,0,0,0},
{4533,100,10,0,0,0,0,0},{21517,100,45,0,0,0,0,0},{148,678,2,0,0,0,0,12},{21532,663,16,0,0,0,0,4},
{11223,666,21,0,0,0,0,0},{21547,292,53,0,0,0,0,1},{1860,499,33,0,463,0,0,1},{21564,100,35,0,0,0,0,1},
{21581,675,14,0,0,1,1,4},{178,265,7,0,0,0,0,9},{5091,667,14,0,0,1,1,4},{21599,100,44,0,0,0,0,1},
/* Immunization.education */
{10,675,37,0,0,0,0,2},{101,265,38,0,0,0,0,1},{4430,678,41,0,0,0,0,0},{21643,675,40,0,0,0,0,0},
{9217,667,42,0,0,0,0,0},{21657,667,43,0,0,0,0,0},{178,265,39,0,0,0,0,13},
/* Immunization.performer */
{10,675,26,0,0,0,0,2},{1998,499,30,0,198,0,1,4},{5202,100,29,264,0,0,0,20},{101,265,27,0,0,0,0,1},
{178,265,28,0,0,0,0,13},
/* Immunization.protocolApplied */
{10,675,54,0,0,0,0,2},{21243,675,57,0,0,0,0,0},{8732,499,58,0,1,0,0,0},{101,265,55,0,0,0,0,1},
{21729,100,59,0,0,0,0,1},{21744,675,60,0,0,1,1,0},{178,265,56,0,0,0,0,13},{21762,675,61,0,0,2,0,0},
{21781,674,60,0,0,1,1,0},{21804,674,61,0,0,2,0,0},
/* Immunization.reaction */
{10,675,47,0,0,0,0,2},{298,667,50,0,0,0,0,0},{2375,499,51,0,354,0,0,0},{21851,663,52,0,0,0,0,0},
{101,265,48,0,0,0,0,1},{178,265,49,0,0,0,0,13},
/* ImmunizationEvaluation */
{10,669,0,0,0,0,0,4},{298,667,11,0,0,0,0,0},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{21243,675,18,0,0,0,0,0},{53,665,9,125,0,0,1,12},{1449,499,10,0,72,0,1,4},{80,665,3,0,0,0,0,0},
{8732,499,12,0,1,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{21885,100,15,0,0,0,1,4},
{123,284,8,0,0,0,0,1},{135,675,17,0,0,0,0,0},{148,678,2,0,0,0,0,12},{21729,100,13,0,0,0,1,4},
{21744,675,19,0,0,1,0,0},{21897,100,16,0,0,0,0,1},{21915,499,14,0,467,0,1,4},{178,265,7,0,0,0,0,9},
{21762,675,20,0,0,2,0,0},{21781,674,19,0,0,1,0,0},{21804,674,20,0,0,2,0,0},
/* ImmunizationRecommendation */
{10,669,0,0,0,0,0,4},{298,667,10,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{1449,499,9,0,72,0,1,4},
{80,665,3,0,0,0,0,0},{8732,499,11,0,1,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{21962,296,12,0,0,0,1,5},{178,265,7,0,0,0,0,9},
/* ImmunizationRecommendation.recommendation */
{10,675,13,0,0,0,0,2},{21243,675,28,0,0,0,0,0},{101,265,14,0,0,0,0,1},{135,675,27,0,0,0,0,0},
{21490,100,16,0,0,0,0,5},{22021,297,21,0,0,0,0,1},{21729,100,17,0,0,0,0,4},{22036,100,20,0,0,0,0,5},
{22052,100,19,0,0,0,1,12},{21744,675,29,0,0,1,0,4},{178,265,15,0,0,0,0,13},{21762,675,30,0,0,2,0,0},
{21781,674,29,0,0,1,0,4},{21804,674,30,0,0,2,0,0},{22068,499,31,0,469,0,0,1},{22092,100,18,0,0,0,0,5},
{22120,499,32,0,0,0,0,1},
/* ImmunizationRecommendation.recommendation.dateCriterion */
{10,675,22,0,0,0,0,2},{292,100,25,0,0,0,1,0},{1396,667,26,0,0,0,1,0},{101,265,23,0,0,0,0,1},
{178,265,24,0,0,0,0,13},
/* ImplementationGuide */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,1,4},
{26,428,4,0,0,0,0,0},{310,675,11,0,0,0,0,4},{22228,306,31,0,0,0,0,5},{53,665,12,2,0,0,1,12},
{363,128,16,0,0,0,0,5},{22236,665,22,126,0,0,0,4},{399,675,9,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{22245,307,78,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,20,0,0,0,0,0},{8362,305,24,0,0,0,0,5},
{101,265,6,0,0,0,0,1},{22255,669,21,0,0,0,1,4},{479,675,15,0,0,0,0,4},{3704,299,37,0,0,0,0,0},
{512,645,18,0,0,0,0,5},{135,672,17,0,0,0,0,0},{3363,665,23,32,0,0,1,5},{592,663,13,0,0,0,0,4},
{606,100,19,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* ImplementationGuide.definition */
{10,675,38,0,0,0,0,2},{22298,301,57,0,0,0,0,0},{22304,300,41,0,0,0,0,1},{3094,303,47,0,0,0,1,1},
{22314,304,71,0,0,0,0,1},{101,265,39,0,0,0,0,1},{11993,302,65,0,0,0,0,1},{178,265,40,0,0,0,0,13},
/* ImplementationGuide.definition.grouping */
{10,675,42,0,0,0,0,2},{20,675,45,0,0,0,1,0},{101,265,43,0,0,0,0,1},{135,675,46,0,0,0,0,0},
{178,265,44,0,0,0,0,13},
/* ImplementationGuide.definition.page */
{10,675,58,0,0,0,0,2},{22298,301,64,0,0,0,0,1},{310,675,62,0,0,0,1,0},{22402,679,61,0,0,1,1,0},
{101,265,59,0,0,0,0,1},{22411,665,63,127,0,0,1,0},{22423,499,61,0,472,1,1,0},{178,265,60,0,0,0,0,13},
/* ImplementationGuide.definition.parameter */
{10,675,66,0,0,0,0,2},{292,665,69,128,0,0,1,0},{1396,675,70,0,0,0,1,0},{101,265,67,0,0,0,0,1},
{178,265,68,0,0,0,0,13},
/* ImplementationGuide.definition.resource */
{10,675,48,0,0,0,0,2},{20,675,53,0,0,0,0,0},{101,265,49,0,0,0,0,1},{4430,499,51,0,0,0,1,0},
{22521,669,56,0,0,0,0,0},{135,675,54,0,0,0,0,0},{3363,665,52,32,0,0,0,1},{22533,663,55,0,0,1,0,0},
{22549,664,55,0,0,1,0,0},{178,265,50,0,0,0,0,13},
/* ImplementationGuide.definition.template */
{10,675,72,0,0,0,0,2},{292,665,75,0,0,0,1,0},{8613,675,77,0,0,0,0,0},{2173,675,76,0,0,0,1,0},
{101,265,73,0,0,0,0,1},{178,265,74,0,0,0,0,13},
/* ImplementationGuide.dependsOn */
{10,675,25,0,0,0,0,2},{7564,664,28,0,0,0,1,4},{399,675,30,0,0,0,0,4},{101,265,26,0,0,0,0,1},
{22255,669,29,0,0,0,0,4},{178,265,27,0,0,0,0,13},
/* ImplementationGuide.global */
{10,675,32,0,0,0,0,2},{32,665,35,34,0,0,1,4},{381,664,36,0,0,0,1,4},{101,265,33,0,0,0,0,1},
{178,265,34,0,0,0,0,13},
/* ImplementationGuide.manifest */
{10,675,79,0,0,0,0,2},{22298,308,90,0,0,0,0,1},{2967,675,97,0,0,0,0,1},{22697,675,98,0,0,0,0,1},
{3094,309,83,0,0,0,1,5},{101,265,80,0,0,0,0,1},{22704,679,82,0,0,0,0,4},{178,265,81,0,0,0,0,13},
/* ImplementationGuide.manifest.page */
{10,675,91,0,0,0,0,2},{20,675,94,0,0,0,1,0},{310,675,95,0,0,0,0,0},{22750,675,96,0,0,0,0,1},
{101,265,92,0,0,0,0,1},{178,265,93,0,0,0,0,13},
/* ImplementationGuide.manifest.resource */
{10,675,84,0,0,0,0,2},{101,265,85,0,0,0,0,1},{4430,499,87,0,0,0,1,4},{22797,679,89,0,0,0,0,0},
{22533,663,88,0,0,1,0,0},{22549,664,88,0,0,1,0,0},{178,265,86,0,0,0,0,13},
/* InsurancePlan */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{22826,315,45,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,10,0,0,0,0,5},{8960,675,12,0,0,0,0,1},{259,463,13,0,0,0,0,0},{53,665,9,2,0,0,0,12},
{363,311,17,0,0,0,0,1},{2274,499,26,0,1,0,0,1},{22832,499,14,0,1,0,0,4},{70,312,27,0,0,0,0,1},
{3563,499,25,0,451,0,0,1},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{123,284,8,0,0,0,0,5},{20848,499,16,0,19,0,0,5},{148,678,2,0,0,0,0,12},{22841,499,15,0,1,0,0,4},
{178,265,7,0,0,0,0,9},
/* InsurancePlan.contact */
{10,675,18,0,0,0,0,2},{20,283,22,0,0,0,0,0},{2334,6,24,0,0,0,0,0},{390,100,21,265,0,0,0,16},
{4608,129,23,0,0,0,0,1},{101,265,19,0,0,0,0,1},{178,265,20,0,0,0,0,13},
/* InsurancePlan.coverage */
{10,675,28,0,0,0,0,2},{32,100,31,0,0,0,1,0},{10582,313,33,0,0,0,1,1},{2274,499,32,0,1,0,0,1},
{101,265,29,0,0,0,0,1},{178,265,30,0,0,0,0,13},
/* InsurancePlan.coverage.benefit */
{10,675,34,0,0,0,0,2},{32,100,37,0,0,0,1,0},{10831,314,39,0,0,0,0,1},{101,265,35,0,0,0,0,1},
{22936,675,38,0,0,0,0,0},{178,265,36,0,0,0,0,13},
/* InsurancePlan.coverage.benefit.limit */
{10,675,40,0,0,0,0,2},{292,100,44,0,0,0,0,0},{1396,488,43,0,0,0,0,0},{101,265,41,0,0,0,0,1},
{178,265,42,0,0,0,0,13},
/* InsurancePlan.plan */
{10,675,46,0,0,0,0,2},{32,100,50,0,0,0,0,0},{2274,499,52,0,1,0,0,1},{101,265,47,0,0,0,0,1},
{123,284,49,0,0,0,0,5},{23007,316,53,0,0,0,0,1},{20848,499,51,0,19,0,0,5},{23020,317,61,0,0,0,0,1},
{178,265,48,0,0,0,0,13},
/* InsurancePlan.plan.generalCost */
{10,675,54,0,0,0,0,2},{23066,425,59,0,0,0,0,0},{32,100,57,0,0,0,0,0},{1772,675,60,0,0,0,0,0},
{101,265,55,0,0,0,0,1},{23072,674,58,0,0,0,0,0},{178,265,56,0,0,0,0,13},
/* InsurancePlan.plan.specificCost */
{10,675,62,0,0,0,0,2},{10582,318,66,0,0,0,0,1},{1079,100,65,0,0,0,1,0},{101,265,63,0,0,0,0,1},
{178,265,64,0,0,0,0,13},
/* InsurancePlan.plan.specificCost.benefit */
{10,675,67,0,0,0,0,2},{23066,319,71,0,0,0,0,1},{32,100,70,0,0,0,1,0},{101,265,68,0,0,0,0,1},
{178,265,69,0,0,0,0,13},
/* InsurancePlan.plan.specificCost.benefit.cost */
{10,675,72,0,0,0,0,2},{32,100,75,0,0,0,1,0},{1396,488,78,0,0,0,0,0},{101,265,73,0,0,0,0,1},
{23203,100,77,0,0,0,0,1},{5234,100,76,129,0,0,0,0},{178,265,74,0,0,0,0,13},
/* Invoice */
{10,669,0,0,0,0,0,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,41,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,11,0,0,0,0,4},{11382,499,21,0,1,0,0,0},{53,665,9,130,0,0,1,12},{4931,499,22,0,3,0,0,0},
{61,499,12,0,130,0,0,4},{80,665,3,0,0,0,0,0},{23224,321,23,0,0,0,0,1},{23234,425,38,0,0,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{7679,499,13,0,15,0,0,4},{123,284,8,0,0,0,0,5},
{23244,425,39,0,0,0,0,4},{524,323,15,0,0,0,0,1},{23256,672,40,0,0,0,0,0},{148,678,2,0,0,0,0,12},
{23270,675,10,0,0,0,0,0},{178,265,7,0,0,0,0,9},{23287,322,37,0,0,0,0,1},
/* Invoice.lineItem */
{10,675,24,0,0,0,0,2},{5672,674,27,0,0,0,0,0},{101,265,25,0,0,0,0,1},{5352,322,29,0,0,0,0,1},
{178,265,26,0,0,0,0,13},{23326,499,28,0,180,1,1,0},{23347,100,28,0,0,1,1,0},
/* Invoice.lineItem.priceComponent */
{10,675,30,0,0,0,0,2},{292,100,34,0,0,0,0,0},{32,665,33,51,0,0,1,0},{5419,425,36,0,0,0,0,0},
{5427,668,35,0,0,0,0,0},{101,265,31,0,0,0,0,1},{178,265,32,0,0,0,0,13},
/* Invoice.participant */
{10,675,16,0,0,0,0,2},{972,100,19,0,0,0,0,0},{1998,499,20,0,98,0,1,0},{101,265,17,0,0,0,0,1},
{178,265,18,0,0,0,0,13},
/* Library */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,18,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{32,100,16,266,0,0,1,20},{310,675,12,0,0,0,0,4},{317,100,30,0,0,0,0,1},
{324,675,25,0,0,0,0,0},{331,128,31,0,0,0,0,1},{347,128,32,0,0,0,0,1},{53,665,14,2,0,0,1,12},
{363,128,20,0,0,0,0,5},{7239,17,38,0,0,0,0,5},{390,672,24,0,0,0,0,0},{399,675,10,0,0,0,0,4},
{418,128,34,0,0,0,0,1},{80,665,3,0,0,0,0,0},{448,128,33,0,0,0,0,1},{458,675,13,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{468,672,26,0,0,0,0,0},{101,265,6,0,0,0,0,1},{11993,452,36,0,0,0,0,1},
{479,675,19,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,22,0,0,0,0,5},{135,672,21,0,0,0,0,4},
{550,666,27,0,0,0,0,0},{592,663,15,0,0,0,0,4},{606,100,23,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{648,666,28,0,0,0,0,0},{20675,162,37,0,0,0,0,1},{696,463,29,0,0,0,0,4},{713,500,35,0,0,0,0,1},
{748,499,17,0,24,1,0,0},{178,265,7,0,0,0,0,9},{835,100,17,222,0,1,0,16},
/* Linkage */
{10,669,0,0,0,0,0,4},{4891,326,10,0,0,0,1,5},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2974,663,8,0,0,0,0,4},
{331,499,9,0,198,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Linkage.item */
{10,675,11,0,0,0,0,2},{32,665,14,131,0,0,1,4},{3094,499,15,0,0,0,1,4},{101,265,12,0,0,0,0,1},
{178,265,13,0,0,0,0,13},
/* List */
{10,669,0,0,0,0,0,4},{292,100,12,0,0,0,0,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},
{3252,665,10,67,0,0,1,12},{1443,13,18,0,0,0,0,1},{26,428,4,0,0,0,0,0},{3027,328,19,0,0,0,0,1},
{310,675,11,0,0,0,0,4},{2173,499,16,0,474,0,0,4},{53,665,9,132,0,0,1,12},{61,499,13,0,328,0,0,4},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,14,0,42,0,0,0},{101,265,6,0,0,0,0,1},
{8120,100,17,0,0,0,0,0},{123,284,8,0,0,0,0,1},{8131,100,27,0,0,0,0,0},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},
/* List.entry */
{10,675,20,0,0,0,0,2},{298,667,25,0,0,0,0,0},{23478,100,23,0,0,0,0,0},{4891,499,26,0,0,0,1,0},
{23484,663,24,0,0,0,0,8},{101,265,21,0,0,0,0,1},{178,265,22,0,0,0,0,13},
/* Location */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{3252,665,14,134,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{32,100,15,267,0,0,0,21},{8960,675,12,0,0,0,0,1},{45,499,27,0,19,0,0,0},
{53,665,9,133,0,0,0,12},{2334,6,17,0,0,0,0,0},{4608,129,16,0,0,0,0,1},{3563,499,37,0,451,0,0,1},
{80,665,3,0,0,0,0,0},{23503,331,19,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{123,284,8,0,0,0,0,5},{135,675,13,0,0,0,0,4},{17888,100,18,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{23513,330,28,0,0,0,0,1},{178,265,7,0,0,0,0,9},{11933,101,10,0,0,0,0,4},{4617,499,26,0,1,0,0,4},
{20979,675,36,0,0,0,0,0},
/* Location.hoursOfOperation */
{10,675,29,0,0,0,0,2},{21036,663,33,0,0,0,0,0},{101,265,30,0,0,0,0,1},{21044,665,32,120,0,0,0,1},
{23558,676,35,0,0,0,0,0},{23571,676,34,0,0,0,0,0},{178,265,31,0,0,0,0,13},
/* Location.position */
{10,675,20,0,0,0,0,2},{23603,668,25,0,0,0,0,0},{23613,668,24,0,0,0,1,0},{101,265,21,0,0,0,0,1},
{23623,668,23,0,0,0,1,0},{178,265,22,0,0,0,0,13},
/* MarketingStatus */
{10,675,0,0,0,0,0,2},{53,100,5,0,0,0,1,4},{1011,100,3,0,0,0,1,4},{23651,463,6,0,0,0,1,4},
{101,265,1,0,0,0,0,1},{23662,667,7,0,0,0,0,4},{606,100,4,0,0,0,0,4},{178,265,2,0,0,0,0,13},
/* Measure */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,17,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{32,100,39,270,0,0,0,21},{8156,334,47,0,0,0,0,1},{310,675,12,0,0,0,0,4},
{317,100,29,0,0,0,0,1},{324,675,24,0,0,0,0,0},{331,128,30,0,0,0,0,1},{347,128,31,0,0,0,0,1},
{53,665,14,2,0,0,1,12},{363,128,19,0,0,0,0,5},{372,664,35,0,0,0,0,1},{390,672,23,0,0,0,0,0},
{23684,100,37,268,0,0,0,20},{399,675,10,0,0,0,0,4},{418,128,33,0,0,0,0,1},{23693,672,46,0,0,0,0,4},
{80,665,3,0,0,0,0,0},{448,128,32,0,0,0,0,1},{458,675,13,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{468,672,25,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,18,0,0,0,0,4},{23703,672,42,0,0,0,0,4},
{3704,672,45,0,0,0,0,5},{23714,672,36,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,21,0,0,0,0,5},
{135,672,20,0,0,0,0,4},{550,666,26,0,0,0,0,0},{592,663,15,0,0,0,0,4},{606,100,22,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{648,666,27,0,0,0,0,0},{23726,675,40,0,0,0,0,4},{696,463,28,0,0,0,0,4},
{23742,675,41,0,0,0,0,4},{713,500,34,0,0,0,0,1},{23759,100,38,269,0,0,0,20},{748,499,16,0,24,1,0,0},
{23777,338,74,0,0,0,0,1},{178,265,7,0,0,0,0,9},{23795,100,44,135,0,0,0,4},{835,100,16,222,0,1,0,16},
{23816,672,43,0,0,0,0,4},
/* Measure.group */
{10,675,48,0,0,0,0,2},{292,100,51,0,0,0,0,0},{101,265,49,0,0,0,0,1},{12899,335,53,0,0,0,0,1},
{23864,336,60,0,0,0,0,1},{135,675,52,0,0,0,0,0},{178,265,50,0,0,0,0,13},
/* Measure.group.population */
{10,675,54,0,0,0,0,2},{292,100,57,271,0,0,0,16},{23902,264,59,0,0,0,1,0},{101,265,55,0,0,0,0,1},
{135,675,58,0,0,0,0,0},{178,265,56,0,0,0,0,13},
/* Measure.group.stratifier */
{10,675,61,0,0,0,0,2},{292,100,64,0,0,0,0,0},{23902,264,66,0,0,0,0,0},{11460,337,67,0,0,0,0,1},
{101,265,62,0,0,0,0,1},{135,675,65,0,0,0,0,0},{178,265,63,0,0,0,0,13},
/* Measure.group.stratifier.component */
{10,675,68,0,0,0,0,2},{292,100,71,0,0,0,0,0},{23902,264,73,0,0,0,1,0},{101,265,69,0,0,0,0,1},
{135,675,72,0,0,0,0,0},{178,265,70,0,0,0,0,13},
/* Measure.supplementalData */
{10,675,75,0,0,0,0,2},{292,100,78,0,0,0,0,0},{324,100,79,272,0,0,0,17},{23902,264,81,0,0,0,1,0},
{101,265,76,0,0,0,0,1},{135,675,80,0,0,0,0,0},{178,265,77,0,0,0,0,13},
/* MeasureReport */
{10,669,0,0,0,0,0,4},{298,667,13,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,665,10,137,0,0,1,4},
{8156,340,17,0,0,0,0,1},{259,463,15,0,0,0,1,4},{53,665,9,136,0,0,1,12},{20321,664,11,0,0,0,1,4},
{61,499,12,0,479,0,0,4},{80,665,3,0,0,0,0,0},{24015,499,14,0,487,0,0,4},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{148,678,2,0,0,0,0,12},{24025,499,54,0,0,0,0,1},
{178,265,7,0,0,0,0,9},{23795,100,16,135,0,0,0,12},
/* MeasureReport.group */
{10,675,18,0,0,0,0,2},{292,100,21,0,0,0,0,4},{101,265,19,0,0,0,0,1},{12899,341,22,0,0,0,0,1},
{23864,342,30,0,0,0,0,1},{24065,488,29,0,0,0,0,4},{178,265,20,0,0,0,0,13},
/* MeasureReport.group.population */
{10,675,23,0,0,0,0,2},{292,100,26,271,0,0,0,20},{7215,671,27,0,0,0,0,0},{101,265,24,0,0,0,0,1},
{24111,499,28,0,492,0,0,0},{178,265,25,0,0,0,0,13},
/* MeasureReport.group.stratifier */
{10,675,31,0,0,0,0,2},{292,100,34,0,0,0,0,1},{24159,343,35,0,0,0,0,1},{101,265,32,0,0,0,0,1},
{178,265,33,0,0,0,0,13},
/* MeasureReport.group.stratifier.stratum */
{10,675,36,0,0,0,0,2},{1396,100,39,0,0,0,0,0},{11460,344,40,0,0,0,0,1},{101,265,37,0,0,0,0,1},
{12899,345,46,0,0,0,0,1},{24065,488,53,0,0,0,0,0},{178,265,38,0,0,0,0,13},
/* MeasureReport.group.stratifier.stratum.component */
{10,675,41,0,0,0,0,2},{292,100,44,0,0,0,1,0},{1396,100,45,0,0,0,1,0},{101,265,42,0,0,0,0,1},
{178,265,43,0,0,0,0,13},
/* MeasureReport.group.stratifier.stratum.population */
{10,675,47,0,0,0,0,2},{292,100,50,271,0,0,0,16},{7215,671,51,0,0,0,0,0},{101,265,48,0,0,0,0,1},
{24111,499,52,0,492,0,0,0},{178,265,49,0,0,0,0,13},
/* Media */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,29,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{32,100,12,273,0,0,0,20},{24316,100,14,0,0,0,0,4},{24322,674,25,0,0,0,0,4},{12133,499,23,0,494,0,0,4},
{24329,674,26,0,0,0,0,4},{24337,674,24,0,0,0,0,4},{8982,670,18,0,0,0,0,4},{45,499,10,0,0,0,0,5},
{53,665,11,61,0,0,1,12},{1763,499,9,0,497,0,0,5},{7239,17,28,0,0,0,1,4},{61,499,15,0,500,0,0,4},
{408,100,21,0,0,0,0,4},{2929,668,27,0,0,0,0,4},{80,665,3,0,0,0,0,0},{21260,100,13,0,0,0,0,4},
{7533,499,19,0,120,0,0,4},{90,514,5,0,0,0,0,1},{1130,499,16,0,42,0,0,4},{101,265,6,0,0,0,0,1},
{11146,675,22,0,0,0,0,4},{123,284,8,0,0,0,0,5},{1801,100,20,0,0,0,0,5},{24345,463,17,0,0,1,0,4},
{148,678,2,0,0,0,0,12},{24360,667,17,0,0,1,0,4},{178,265,7,0,0,0,0,9},
/* Medication */
{10,669,0,0,0,0,0,4},{292,100,9,0,0,0,0,4},{6377,100,12,0,0,0,0,0},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{24389,348,21,0,0,0,0,0},{5419,498,13,0,0,0,0,4},{53,665,10,138,0,0,0,12},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{24396,349,14,0,0,0,0,1},
{11195,499,11,0,1,0,0,4},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Medication.batch */
{10,675,22,0,0,0,0,2},{101,265,23,0,0,0,0,1},{11135,675,25,0,0,0,0,0},{11223,667,26,0,0,0,0,0},
{178,265,24,0,0,0,0,13},
/* Medication.ingredient */
{10,675,15,0,0,0,0,2},{24449,663,19,0,0,0,0,0},{16782,498,20,0,0,0,0,0},{101,265,16,0,0,0,0,1},
{7133,499,18,0,21,1,1,0},{178,265,17,0,0,0,0,13},{7148,100,18,0,0,1,1,0},
/* MedicationAdministration */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,29,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{12133,499,28,0,208,0,0,1},{339,351,30,0,0,0,0,0},{45,499,10,0,508,0,0,5},{53,665,11,139,0,0,1,12},
{4940,499,16,0,182,0,0,0},{2587,499,27,0,396,0,0,0},{61,499,15,0,130,0,1,4},{1079,100,13,0,0,0,0,0},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{4509,352,19,0,0,0,0,5},{123,284,8,0,0,0,0,1},
{1801,100,25,0,0,0,0,1},{24485,499,40,0,283,0,0,1},{3389,678,9,0,0,0,0,5},{4533,100,12,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{696,463,18,0,0,2,1,4},{1860,499,26,0,463,0,0,1},{7033,667,18,0,0,2,1,4},
{178,265,7,0,0,0,0,9},{24499,499,14,0,511,1,1,4},{1950,499,17,0,0,0,0,1},{24520,100,14,0,0,1,1,4},
/* MedicationAdministration.dosage */
{10,675,31,0,0,0,0,2},{24580,488,38,0,0,0,0,0},{2486,100,35,0,0,0,0,0},{26,675,34,0,0,0,0,0},
{12594,100,36,0,0,0,0,0},{1345,100,37,0,0,0,0,0},{101,265,32,0,0,0,0,1},{12793,498,39,0,0,1,0,0},
{12818,488,39,0,0,1,0,0},{178,265,33,0,0,0,0,13},
/* MedicationAdministration.performer */
{10,675,20,0,0,0,0,2},{1998,499,24,0,513,0,1,4},{5202,100,23,0,0,0,0,0},{101,265,21,0,0,0,0,1},
{178,265,22,0,0,0,0,13},
/* MedicationDispense */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,32,0,0,0,0,1},{26,428,4,0,0,0,0,0},{32,100,25,0,0,0,0,0},
{45,499,9,0,210,0,0,1},{53,665,10,140,0,0,1,12},{4940,499,15,0,182,0,0,0},{61,499,14,0,130,0,0,4},
{1079,100,12,0,0,0,0,0},{80,665,3,0,0,0,0,0},{428,499,23,0,19,0,0,0},{438,488,26,0,0,0,0,0},
{19066,499,31,0,519,0,0,1},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{4509,354,17,0,0,0,0,1},
{24642,488,27,0,0,0,0,0},{123,284,8,0,0,0,0,1},{17743,499,30,0,19,0,0,0},{24485,499,43,0,283,0,0,1},
{24654,355,34,0,0,0,0,0},{24668,667,28,0,0,0,0,4},{24682,499,42,0,522,0,0,1},{148,678,2,0,0,0,0,12},
{24697,667,29,0,0,0,0,0},{24713,197,33,0,0,0,0,1},{178,265,7,0,0,0,0,9},{24499,499,13,0,511,2,1,4},
{24732,499,11,0,522,1,0,0},{1950,499,16,0,0,0,0,1},{24755,499,24,0,396,0,0,1},{24520,100,13,0,0,2,1,4},
{24780,100,11,0,0,1,0,0},
/* MedicationDispense.performer */
{10,675,18,0,0,0,0,2},{1998,499,22,0,98,0,1,0},{5202,100,21,0,0,0,0,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* MedicationDispense.substitution */
{10,675,35,0,0,0,0,2},{32,100,39,0,0,0,0,0},{4923,100,40,0,0,0,0,1},{101,265,36,0,0,0,0,1},
{24872,663,38,0,0,0,1,0},{24888,499,41,0,69,0,0,1},{178,265,37,0,0,0,0,13},
/* MedicationKnowledge */
{10,669,0,0,0,0,0,4},{292,100,8,0,0,0,0,4},{23066,360,37,0,0,0,0,1},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{5419,488,12,0,0,0,0,4},{53,665,9,141,0,0,0,12},{24927,675,13,0,0,0,0,5},{24936,100,11,0,0,0,0,0},
{24946,363,108,0,0,0,0,1},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{24956,366,22,0,0,0,0,1},{24967,367,73,0,0,0,0,0},{24396,362,28,0,0,0,0,1},{24978,368,86,0,0,0,0,1},
{24990,100,21,0,0,0,0,1},{11195,499,10,0,1,0,0,4},{148,678,2,0,0,0,0,12},{25003,100,36,0,0,0,0,1},
{25018,499,85,0,522,0,0,1},{178,265,7,0,0,0,0,9},{25036,365,44,0,0,0,0,1},{25055,361,79,0,0,0,0,1},
{25075,499,20,0,511,0,0,1},{25097,364,67,0,0,0,0,1},{25121,672,35,0,0,0,0,0},{25145,357,50,0,0,0,0,1},
{25171,372,14,0,0,0,0,1},
/* MedicationKnowledge.administrationGuidelines */
{10,675,51,0,0,0,0,2},{339,358,54,0,0,0,0,1},{101,265,52,0,0,0,0,1},{178,265,53,0,0,0,0,13},
{25245,499,60,0,28,1,0,0},{25266,359,61,0,0,0,0,1},{25290,100,60,0,0,1,0,0},
/* MedicationKnowledge.administrationGuidelines.dosage */
{10,675,55,0,0,0,0,2},{32,100,58,0,0,0,1,0},{339,197,59,0,0,0,1,1},{101,265,56,0,0,0,0,1},
{178,265,57,0,0,0,0,13},
/* MedicationKnowledge.administrationGuidelines.patientCharacteristics */
{10,675,62,0,0,0,0,2},{1396,675,66,0,0,0,0,1},{101,265,63,0,0,0,0,1},{178,265,64,0,0,0,0,13},
{25439,488,65,0,0,1,1,0},{25463,100,65,0,0,1,1,0},
/* MedicationKnowledge.cost */
{10,675,38,0,0,0,0,2},{23066,425,43,0,0,0,1,0},{32,100,41,0,0,0,1,0},{2173,675,42,0,0,0,0,0},
{101,265,39,0,0,0,0,1},{178,265,40,0,0,0,0,13},
/* MedicationKnowledge.drugCharacteristic */
{10,675,80,0,0,0,0,2},{32,100,83,0,0,0,0,0},{101,265,81,0,0,0,0,1},{2435,675,84,0,0,1,0,0},
{6314,488,84,0,0,1,0,0},{178,265,82,0,0,0,0,13},{2448,662,84,0,0,1,0,0},{12091,100,84,0,0,1,0,0},
/* MedicationKnowledge.ingredient */
{10,675,29,0,0,0,0,2},{24449,663,33,0,0,0,0,0},{16782,498,34,0,0,0,0,0},{101,265,30,0,0,0,0,1},
{7133,499,32,0,116,1,1,0},{178,265,31,0,0,0,0,13},{7148,100,32,0,0,1,1,0},
/* MedicationKnowledge.kinetics */
{10,675,109,0,0,0,0,2},{101,265,110,0,0,0,0,1},{25622,488,113,0,0,0,0,1},{25636,488,112,0,0,0,0,1},
{25652,199,114,0,0,0,0,0},{178,265,111,0,0,0,0,13},
/* MedicationKnowledge.medicineClassification */
{10,675,68,0,0,0,0,2},{32,100,71,0,0,0,1,0},{101,265,69,0,0,0,0,1},{4742,100,72,0,0,0,0,1},
{178,265,70,0,0,0,0,13},
/* MedicationKnowledge.monitoringProgram */
{10,675,45,0,0,0,0,2},{20,675,49,0,0,0,0,0},{32,100,48,0,0,0,0,0},{101,265,46,0,0,0,0,1},
{178,265,47,0,0,0,0,13},
/* MedicationKnowledge.monograph */
{10,675,23,0,0,0,0,2},{32,100,26,0,0,0,0,0},{2173,499,27,0,524,0,0,0},{101,265,24,0,0,0,0,1},
{178,265,25,0,0,0,0,13},
/* MedicationKnowledge.packaging */
{10,675,74,0,0,0,0,2},{32,100,77,0,0,0,0,0},{438,488,78,0,0,0,0,0},{101,265,75,0,0,0,0,1},
{178,265,76,0,0,0,0,13},
/* MedicationKnowledge.regulatory */
{10,675,87,0,0,0,0,2},{25845,370,97,0,0,0,0,1},{101,265,88,0,0,0,0,1},{25855,369,102,0,0,0,0,0},
{24654,371,91,0,0,0,0,1},{178,265,89,0,0,0,0,13},{25868,499,90,0,1,0,1,0},
/* MedicationKnowledge.regulatory.maxDispense */
{10,675,103,0,0,0,0,2},{259,199,107,0,0,0,0,0},{438,488,106,0,0,0,1,0},{101,265,104,0,0,0,0,1},
{178,265,105,0,0,0,0,13},
/* MedicationKnowledge.regulatory.schedule */
{10,675,98,0,0,0,0,2},{25845,100,101,0,0,0,1,0},{101,265,99,0,0,0,0,1},{178,265,100,0,0,0,0,13},
/* MedicationKnowledge.regulatory.substitution */
{10,675,92,0,0,0,0,2},{32,100,95,0,0,0,1,0},{26019,663,96,0,0,0,1,0},{101,265,93,0,0,0,0,1},
{178,265,94,0,0,0,0,13},
/* MedicationKnowledge.relatedMedicationKnowledge */
{10,675,15,0,0,0,0,2},{32,100,18,0,0,0,1,0},{101,265,16,0,0,0,0,1},{4430,499,19,0,527,0,1,1},
{178,265,17,0,0,0,0,13},
/* MedicationRequest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,33,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{355,665,11,143,0,0,1,12},{53,665,9,142,0,0,1,12},{1763,499,29,0,529,0,0,5},{61,499,17,0,130,0,1,4},
{1079,100,12,0,0,0,0,1},{80,665,3,0,0,0,0,0},{215,665,13,5,0,0,0,4},{1099,499,24,0,69,0,0,0},
{90,514,5,0,0,0,0,1},{1130,499,18,0,42,0,0,0},{101,265,6,0,0,0,0,1},{5527,499,32,0,333,0,0,1},
{4509,499,22,0,120,0,0,0},{7801,499,21,0,98,0,0,4},{7812,667,20,0,0,0,0,4},{123,284,8,0,0,0,0,1},
{1801,100,25,0,0,0,0,1},{564,663,14,0,0,0,0,12},{24485,499,59,0,283,0,0,1},{4533,100,10,0,0,0,0,0},
{24654,376,51,0,0,0,0,0},{24682,499,58,0,522,0,0,1},{148,678,2,0,0,0,0,12},{9423,100,23,0,0,0,0,4},
{26095,374,35,0,0,0,0,0},{7824,284,30,0,0,0,0,4},{4361,678,28,0,0,0,0,5},{1860,499,26,0,534,0,0,1},
{26112,663,15,0,0,1,0,4},{24713,197,34,0,0,0,0,1},{178,265,7,0,0,0,0,9},{26129,499,57,0,396,0,0,0},
{26148,499,15,0,105,1,0,4},{26167,100,31,0,0,0,0,0},{24499,499,16,0,511,2,1,4},{4378,664,27,0,0,0,0,5},
{1950,499,19,0,0,0,0,1},{24520,100,16,0,0,2,1,4},
/* MedicationRequest.dispenseRequest */
{10,675,36,0,0,0,0,2},{438,488,48,0,0,0,0,0},{101,265,37,0,0,0,0,1},{4509,499,50,0,1,0,0,0},
{26223,375,39,0,0,0,0,0},{4774,463,46,0,0,0,0,0},{26236,199,45,0,0,0,0,0},{178,265,38,0,0,0,0,13},
{26254,199,49,0,0,0,0,0},{26278,677,47,0,0,0,0,0},
/* MedicationRequest.dispenseRequest.initialFill */
{10,675,40,0,0,0,0,2},{2929,199,44,0,0,0,0,0},{438,488,43,0,0,0,0,0},{101,265,41,0,0,0,0,1},
{178,265,42,0,0,0,0,13},
/* MedicationRequest.substitution */
{10,675,52,0,0,0,0,2},{4923,100,56,0,0,0,0,0},{101,265,53,0,0,0,0,1},{26381,663,55,0,0,1,1,0},
{178,265,54,0,0,0,0,13},{26397,100,55,0,0,1,1,0},
/* MedicationStatement */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,23,0,0,0,0,1},{26,428,4,0,0,0,0,0},{339,197,24,0,0,0,0,1},
{45,499,10,0,537,0,0,5},{53,665,11,144,0,0,1,12},{1763,499,9,0,543,0,0,5},{4940,499,16,0,182,0,0,4},
{61,499,15,0,130,0,1,4},{1079,100,13,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{1801,100,21,0,0,0,0,1},{12153,499,20,0,0,0,0,1},
{26442,667,18,0,0,0,0,4},{4533,100,12,0,0,0,0,1},{148,678,2,0,0,0,0,12},{696,463,17,0,0,2,0,4},
{1860,499,22,0,463,0,0,1},{7033,667,17,0,0,2,0,4},{26456,499,19,0,105,0,0,0},{178,265,7,0,0,0,0,9},
{24499,499,14,0,511,1,1,4},{24520,100,14,0,0,1,1,4},
/* MedicinalProduct */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,380,24,0,0,0,1,5},{26,428,4,0,0,0,0,0},{32,100,9,0,0,0,0,4},
{8974,101,10,0,0,0,0,4},{363,499,22,0,547,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{26493,499,21,0,48,0,0,5},{26505,499,23,0,30,0,0,5},
{148,678,2,0,0,0,0,12},{26520,284,42,0,0,0,0,5},{26536,332,17,0,0,0,0,5},{26553,675,14,0,0,0,0,5},
{26570,499,20,0,48,0,0,5},{178,265,7,0,0,0,0,9},{26588,383,53,0,0,0,0,5},{26608,100,12,0,0,0,0,4},
{26629,499,18,0,550,0,0,5},{26652,100,16,0,0,0,0,5},{26675,100,15,0,0,0,0,4},{26699,499,19,0,552,0,0,5},
{26725,100,13,0,0,0,0,4},{26756,100,11,0,0,0,0,4},{26788,379,43,0,0,0,0,5},
/* MedicinalProduct.manufacturingBusinessOperation */
{10,675,44,0,0,0,0,2},{101,265,45,0,0,0,0,1},{26869,499,52,0,1,0,0,4},{11195,499,51,0,1,0,0,5},
{26880,667,49,0,0,0,0,4},{26895,100,47,0,0,0,0,4},{178,265,46,0,0,0,0,13},{26910,100,50,0,0,0,0,4},
{26936,284,48,0,0,0,0,4},
/* MedicinalProduct.name */
{10,675,25,0,0,0,0,2},{26989,382,29,0,0,0,0,5},{101,265,26,0,0,0,0,1},{26999,675,28,0,0,0,1,4},
{27012,381,35,0,0,0,0,5},{178,265,27,0,0,0,0,13},
/* MedicinalProduct.name.countryLanguage */
{10,675,36,0,0,0,0,2},{1011,100,39,0,0,0,1,4},{80,100,41,0,0,0,1,4},{101,265,37,0,0,0,0,1},
{606,100,40,0,0,0,0,4},{178,265,38,0,0,0,0,13},
/* MedicinalProduct.name.namePart */
{10,675,30,0,0,0,0,2},{27100,675,33,0,0,0,1,4},{32,101,34,0,0,0,1,4},{101,265,31,0,0,0,0,1},
{178,265,32,0,0,0,0,13},
/* MedicinalProduct.specialDesignation */
{10,675,54,0,0,0,0,2},{298,667,62,0,0,0,0,4},{32,100,58,0,0,0,0,4},{53,100,61,0,0,0,0,4},
{27143,100,63,0,0,0,0,4},{101,265,55,0,0,0,0,1},{123,284,57,0,0,0,0,5},{27152,100,59,0,0,0,0,4},
{178,265,56,0,0,0,0,13},{25245,499,60,0,554,1,0,4},{25290,100,60,0,0,1,0,4},
/* MedicinalProductAuthorization */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{27196,499,29,0,1,0,0,4},{53,100,12,0,0,0,0,4},
{1011,100,10,0,0,0,0,5},{61,499,9,0,556,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{2875,386,31,0,0,0,0,4},{26869,499,30,0,1,0,0,4},{123,284,8,0,0,0,0,5},
{27204,100,19,0,0,0,0,4},{20203,667,13,0,0,0,0,4},{23662,667,14,0,0,0,0,4},{606,100,11,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{4774,463,15,0,0,0,0,4},{178,265,7,0,0,0,0,9},{27216,463,16,0,0,0,0,4},
{27239,667,18,0,0,0,0,4},{27263,667,17,0,0,0,0,4},{27289,385,20,0,0,0,0,5},
/* MedicinalProductAuthorization.jurisdictionalAuthorization */
{10,675,21,0,0,0,0,2},{1011,100,25,0,0,0,0,4},{101,265,22,0,0,0,0,1},{123,284,24,0,0,0,0,5},
{606,100,26,0,0,0,0,5},{4774,463,28,0,0,0,0,4},{178,265,23,0,0,0,0,13},{26608,100,27,0,0,0,0,4},
/* MedicinalProductAuthorization.procedure */
{10,675,32,0,0,0,0,2},{32,100,36,0,0,0,1,4},{101,265,33,0,0,0,0,1},{27418,463,37,0,0,1,0,4},
{123,284,35,0,0,0,0,4},{27430,386,38,0,0,0,0,5},{27443,667,37,0,0,1,0,4},{178,265,34,0,0,0,0,13},
/* MedicinalProductContraindication */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{27491,100,9,0,0,0,0,4},{61,499,8,0,559,0,0,5},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{12899,474,19,0,0,0,0,5},
{27500,100,11,0,0,0,0,5},{27513,388,13,0,0,0,0,5},{27527,100,10,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},{27542,499,12,0,554,0,0,5},
/* MedicinalProductContraindication.otherTherapy */
{10,675,14,0,0,0,0,2},{101,265,15,0,0,0,0,1},{178,265,16,0,0,0,0,13},{24499,499,18,0,562,1,1,4},
{27612,100,17,0,0,0,1,4},{24520,100,18,0,0,1,1,4},
/* MedicinalProductIndication */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{61,499,8,0,559,0,0,5},{2929,488,13,0,0,0,0,4},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{12899,474,21,0,0,0,0,5},
{27500,100,11,0,0,0,0,5},{27513,390,14,0,0,0,0,5},{27527,100,10,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{27665,100,12,0,0,0,0,4},{178,265,7,0,0,0,0,9},{27681,499,20,0,567,0,0,5},{27700,100,9,0,0,0,0,4},
/* MedicinalProductIndication.otherTherapy */
{10,675,15,0,0,0,0,2},{101,265,16,0,0,0,0,1},{178,265,17,0,0,0,0,13},{24499,499,19,0,562,1,1,4},
{27612,100,18,0,0,0,1,4},{24520,100,19,0,0,1,1,4},
/* MedicinalProductIngredient */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{972,100,9,0,0,0,1,4},{26,428,4,0,0,0,0,0},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{1642,395,38,0,0,0,0,4},{123,284,8,0,0,0,0,4},
{11195,499,11,0,1,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},{27794,392,12,0,0,0,0,5},
{11761,663,10,0,0,0,0,4},
/* MedicinalProductIngredient.specifiedSubstance */
{10,675,13,0,0,0,0,2},{292,100,16,0,0,0,1,4},{8156,100,17,0,0,0,1,4},{16782,393,19,0,0,0,0,5},
{101,265,14,0,0,0,0,1},{7976,100,18,0,0,0,0,4},{178,265,15,0,0,0,0,13},
/* MedicinalProductIngredient.specifiedSubstance.strength */
{10,675,20,0,0,0,0,2},{1011,100,28,0,0,0,0,5},{101,265,21,0,0,0,0,1},{27917,498,23,0,0,0,1,4},
{27931,498,25,0,0,0,0,4},{27946,675,27,0,0,0,0,4},{178,265,22,0,0,0,0,13},{27964,394,29,0,0,0,0,5},
{27983,498,24,0,0,0,0,12},{28005,498,26,0,0,0,0,12},
/* MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength */
{10,675,30,0,0,0,0,2},{1011,100,37,0,0,0,0,5},{16782,498,34,0,0,0,1,4},{101,265,31,0,0,0,0,1},
{1642,100,33,0,0,0,0,4},{27946,675,36,0,0,0,0,4},{28102,498,35,0,0,0,0,4},{178,265,32,0,0,0,0,13},
/* MedicinalProductIngredient.substance */
{10,675,39,0,0,0,0,2},{292,100,42,0,0,0,1,4},{16782,393,43,0,0,0,0,5},{101,265,40,0,0,0,0,1},
{178,265,41,0,0,0,0,13},
/* MedicinalProductInteraction */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,15,0,0,0,0,4},{28187,100,16,0,0,0,0,4},
{61,499,8,0,569,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{28195,100,17,0,0,0,0,4},{28206,100,18,0,0,0,0,4},{135,675,9,0,0,0,0,4},{28218,397,10,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* MedicinalProductInteraction.interactant */
{10,675,11,0,0,0,0,2},{101,265,12,0,0,0,0,1},{7133,499,14,0,573,1,1,4},{178,265,13,0,0,0,0,13},
{7148,100,14,0,0,1,1,4},
/* MedicinalProductManufactured */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{80,665,3,0,0,0,0,0},{438,488,10,0,0,0,1,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{24396,499,12,0,578,0,0,5},{11195,499,11,0,1,0,0,5},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},{28302,100,9,0,0,0,0,4},{28322,100,8,0,0,0,1,4},
{28344,100,14,0,0,0,0,5},{11640,483,13,0,0,0,0,4},
/* MedicinalProductPackaged */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{61,499,9,0,580,0,0,5},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{135,675,10,0,0,0,0,4},
{28392,401,21,0,0,0,1,5},{11195,499,14,0,1,0,0,5},{148,678,2,0,0,0,0,12},{28405,400,15,0,0,0,0,5},
{26536,332,12,0,0,0,0,5},{178,265,7,0,0,0,0,9},{26608,100,11,0,0,0,0,4},{28422,499,13,0,582,0,0,4},
/* MedicinalProductPackaged.batchIdentifier */
{10,675,16,0,0,0,0,2},{101,265,17,0,0,0,0,1},{28488,284,19,0,0,0,1,4},{178,265,18,0,0,0,0,13},
{28504,284,20,0,0,0,0,4},
/* MedicinalProductPackaged.packageItem */
{10,675,22,0,0,0,0,2},{32,100,26,0,0,0,1,4},{12133,499,30,0,326,0,0,5},{11489,100,28,0,0,0,0,5},
{438,488,27,0,0,0,1,4},{101,265,23,0,0,0,0,1},{123,284,25,0,0,0,0,5},{28392,401,32,0,0,0,0,5},
{11195,499,36,0,1,0,0,5},{28562,499,31,0,584,0,0,5},{11539,484,35,0,0,0,0,5},{28580,100,29,0,0,0,0,5},
{178,265,24,0,0,0,0,13},{28344,100,34,0,0,0,0,5},{11640,483,33,0,0,0,0,4},
/* MedicinalProductPharmaceutical */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{12133,499,12,0,326,0,0,5},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{24396,499,11,0,578,0,0,5},{148,678,2,0,0,0,0,12},{28631,403,13,0,0,0,0,5},{178,265,7,0,0,0,0,9},
{28302,100,10,0,0,0,0,4},{28648,100,9,0,0,0,1,4},{28671,404,19,0,0,0,1,5},
/* MedicinalProductPharmaceutical.characteristics */
{10,675,14,0,0,0,0,2},{292,100,17,0,0,0,1,4},{53,100,18,0,0,0,0,4},{101,265,15,0,0,0,0,1},
{178,265,16,0,0,0,0,13},
/* MedicinalProductPharmaceutical.routeOfAdministration */
{10,675,20,0,0,0,0,2},{292,100,23,0,0,0,1,4},{101,265,21,0,0,0,0,1},{28796,488,24,0,0,0,0,4},
{28807,488,26,0,0,0,0,4},{28822,488,25,0,0,0,0,4},{28837,405,29,0,0,0,0,5},{178,265,22,0,0,0,0,13},
{28852,199,28,0,0,0,0,4},{28872,498,27,0,0,0,0,4},
/* MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies */
{10,675,30,0,0,0,0,2},{292,100,33,0,0,0,1,4},{101,265,31,0,0,0,0,1},{28967,406,34,0,0,0,0,5},
{178,265,32,0,0,0,0,13},
/* MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies.withdrawalPeriod */
{10,675,35,0,0,0,0,2},{1396,488,39,0,0,0,1,4},{29070,100,38,0,0,0,1,4},{101,265,36,0,0,0,0,1},
{178,265,37,0,0,0,0,13},{1950,675,40,0,0,0,0,4},
/* MedicinalProductUndesirableEffect */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{61,499,8,0,559,0,0,5},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{12899,474,12,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{4742,100,10,0,0,0,0,4},{178,265,7,0,0,0,0,9},{29113,100,11,0,0,0,0,4},{29136,100,9,0,0,0,0,4},
/* MessageDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{13474,664,24,0,0,0,0,4},{298,667,16,0,0,0,1,4},
{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{8113,410,28,0,0,0,0,5},
{29179,664,43,0,0,0,0,1},{310,675,12,0,0,0,0,4},{2579,664,25,0,0,0,0,5},{53,665,14,2,0,0,1,12},
{363,128,18,0,0,0,0,5},{390,672,22,0,0,0,0,4},{399,675,10,0,0,0,0,4},{1079,665,27,145,0,0,0,4},
{29186,678,26,0,0,1,1,4},{80,665,3,0,0,0,0,0},{4324,664,13,0,0,0,0,5},{90,514,5,0,0,0,0,1},
{468,672,23,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,17,0,0,0,0,4},{123,284,9,0,0,0,0,5},
{512,645,20,0,0,0,0,5},{135,672,19,0,0,0,0,4},{29196,101,26,0,0,1,1,4},{592,663,15,0,0,0,0,4},
{606,100,21,0,0,0,0,5},{148,678,2,0,0,0,0,12},{29209,409,37,0,0,0,0,1},{29226,665,36,146,0,0,0,0},
{178,265,7,0,0,0,0,9},
/* MessageDefinition.allowedResponse */
{10,675,38,0,0,0,0,2},{29279,664,41,0,0,0,1,0},{101,265,39,0,0,0,0,1},{29288,672,42,0,0,0,0,0},
{178,265,40,0,0,0,0,13},
/* MessageDefinition.focus */
{10,675,29,0,0,0,0,2},{13464,675,35,0,0,0,0,0},{13469,677,34,0,0,0,1,4},{292,665,32,34,0,0,1,4},
{381,664,33,0,0,0,0,0},{101,265,30,0,0,0,0,1},{178,265,31,0,0,0,0,13},
/* MessageHeader */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{8113,499,38,0,0,0,0,5},
{331,499,19,0,69,0,0,4},{4923,100,30,0,0,0,0,4},{7652,499,17,0,198,0,0,4},{2173,414,20,0,0,0,1,4},
{4949,499,18,0,69,0,0,4},{29186,678,8,0,0,1,1,4},{80,665,3,0,0,0,0,0},{3104,413,31,0,0,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{3704,664,39,0,0,0,0,4},{17743,412,9,0,0,0,0,5},
{29196,101,8,0,0,1,1,4},{5682,499,29,0,198,0,0,4},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* MessageHeader.destination */
{10,675,10,0,0,0,0,2},{20,675,13,0,0,0,0,4},{8237,499,14,0,208,0,0,4},{3563,679,15,0,0,0,1,4},
{19066,499,16,0,198,0,0,4},{101,265,11,0,0,0,0,1},{178,265,12,0,0,0,0,13},
/* MessageHeader.response */
{10,675,32,0,0,0,0,2},{292,665,36,147,0,0,1,4},{29390,499,37,0,449,0,0,4},{101,265,33,0,0,0,0,1},
{123,669,35,0,0,0,1,4},{178,265,34,0,0,0,0,13},
/* MessageHeader.source */
{10,675,21,0,0,0,0,2},{20,675,24,0,0,0,0,4},{363,129,27,0,0,0,0,4},{399,675,26,0,0,0,0,4},
{3563,679,28,0,0,0,1,4},{3342,675,25,0,0,0,0,4},{101,265,22,0,0,0,0,1},{178,265,23,0,0,0,0,13},
/* Meta */
{10,675,0,0,0,0,0,2},{29427,101,7,0,0,0,0,5},{2173,678,4,0,0,0,0,4},{381,664,5,0,0,0,0,5},
{3742,101,6,233,0,0,0,21},{101,265,1,0,0,0,0,1},{18827,669,2,0,0,0,0,4},{4715,670,3,0,0,0,0,4},
/* MolecularSequence */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,665,9,148,0,0,0,4},
{12133,499,13,0,208,0,0,4},{1449,499,11,0,72,0,0,4},{29451,499,80,0,586,0,0,5},{29460,417,40,0,0,0,0,5},
{29469,424,29,0,0,0,0,5},{80,665,3,0,0,0,0,0},{438,488,15,0,0,0,0,4},{12192,499,12,0,362,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{4509,499,14,0,1,0,0,4},{123,284,8,0,0,0,0,5},
{29478,420,70,0,0,0,0,5},{29490,675,39,0,0,0,0,4},{29503,671,69,0,0,0,0,4},{29517,419,16,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{29531,671,10,0,0,0,1,4},{29549,421,81,0,0,0,0,5},{178,265,7,0,0,0,0,9},
/* MolecularSequence.quality */
{10,675,41,0,0,0,0,2},{1745,671,47,0,0,0,0,4},{29594,418,58,0,0,0,0,4},{29599,668,54,0,0,0,0,4},
{32,665,44,151,0,0,1,4},{3258,488,48,0,0,0,0,4},{1756,671,46,0,0,0,0,4},{29605,668,57,0,0,0,0,4},
{1345,100,49,0,0,0,0,4},{29613,668,56,0,0,0,0,4},{29621,668,53,0,0,0,0,4},{29630,668,51,0,0,0,0,4},
{29639,668,52,0,0,0,0,4},{29648,668,50,0,0,0,0,4},{101,265,42,0,0,0,0,1},{29657,668,55,0,0,0,0,4},
{29668,100,45,0,0,0,0,4},{178,265,43,0,0,0,0,13},
/* MolecularSequence.quality.roc */
{10,675,59,0,0,0,0,2},{29717,671,65,0,0,0,0,5},{29724,671,64,0,0,0,0,5},{29731,671,63,0,0,0,0,5},
{3258,671,62,0,0,0,0,5},{29738,668,68,0,0,0,0,5},{101,265,60,0,0,0,0,1},{29657,668,66,0,0,0,0,5},
{29748,668,67,0,0,0,0,5},{178,265,61,0,0,0,0,13},
/* MolecularSequence.referenceSeq */
{10,675,17,0,0,0,0,2},{29793,665,26,150,0,0,0,4},{101,265,18,0,0,0,0,1},{29801,671,28,0,0,0,0,4},
{29812,100,20,0,0,0,0,4},{29824,675,21,0,0,0,0,4},{29837,665,22,149,0,0,0,4},{29850,671,27,0,0,0,0,4},
{29863,100,23,0,0,0,0,4},{178,265,19,0,0,0,0,13},{29879,675,25,0,0,0,0,4},{29899,499,24,0,586,0,0,4},
/* MolecularSequence.repository */
{10,675,71,0,0,0,0,2},{287,678,75,0,0,0,0,4},{20,675,76,0,0,0,0,4},{32,665,74,152,0,0,1,4},
{29950,675,77,0,0,0,0,4},{101,265,72,0,0,0,0,1},{29961,675,79,0,0,0,0,4},{29972,675,78,0,0,0,0,4},
{178,265,73,0,0,0,0,13},
/* MolecularSequence.structureVariant */
{10,675,82,0,0,0,0,2},{30022,663,86,0,0,0,0,4},{30029,422,94,0,0,0,0,4},{30036,423,88,0,0,0,0,4},
{17564,671,87,0,0,0,0,4},{101,265,83,0,0,0,0,1},{30043,100,85,0,0,0,0,4},{178,265,84,0,0,0,0,13},
/* MolecularSequence.structureVariant.inner */
{10,675,95,0,0,0,0,2},{1745,671,99,0,0,0,0,4},{1756,671,98,0,0,0,0,4},{101,265,96,0,0,0,0,1},
{178,265,97,0,0,0,0,13},
/* MolecularSequence.structureVariant.outer */
{10,675,89,0,0,0,0,2},{1745,671,93,0,0,0,0,4},{1756,671,92,0,0,0,0,4},{101,265,90,0,0,0,0,1},
{178,265,91,0,0,0,0,13},
/* MolecularSequence.variant */
{10,675,30,0,0,0,0,2},{1745,671,34,0,0,0,0,4},{30167,675,37,0,0,0,0,4},{1756,671,33,0,0,0,0,4},
{101,265,31,0,0,0,0,1},{30174,675,35,0,0,0,0,4},{30190,499,38,0,354,0,0,4},{30206,675,36,0,0,0,0,4},
{178,265,32,0,0,0,0,13},
/* Money */
{10,675,0,0,0,0,0,2},{1396,668,2,0,0,0,0,4},{30230,665,3,153,0,0,0,4},{101,265,1,0,0,0,0,1},
/* NamingSystem */
{10,669,0,0,0,0,0,4},{298,667,11,0,0,0,1,4},{304,665,10,154,0,0,1,4},{14,415,1,0,0,0,0,4},
{20,675,8,0,0,0,1,4},{26,428,4,0,0,0,0,0},{32,100,15,261,0,0,0,16},{324,675,19,0,0,0,0,0},
{53,665,9,2,0,0,1,12},{363,128,13,0,0,0,0,5},{80,665,3,0,0,0,0,0},{30254,427,20,0,0,0,1,5},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{479,675,12,0,0,0,0,4},{512,645,17,0,0,0,0,5},
{135,672,16,0,0,0,0,0},{5682,675,14,0,0,0,0,0},{606,100,18,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},
/* NamingSystem.uniqueId */
{10,675,21,0,0,0,0,2},{32,665,24,155,0,0,1,4},{1396,675,25,0,0,0,1,4},{259,463,28,0,0,0,0,0},
{1772,675,27,0,0,0,0,0},{101,265,22,0,0,0,0,1},{30287,663,26,0,0,0,0,0},{178,265,23,0,0,0,0,13},
/* Narrative */
{10,675,0,0,0,0,0,2},{30309,681,3,0,0,0,1,0},{53,665,2,156,0,0,1,0},{101,265,1,0,0,0,0,1},
/* NutritionOrder */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,69,0,0,0,0,1},{26,428,4,0,0,0,0,0},{355,665,13,4,0,0,1,12},
{53,665,12,44,0,0,1,12},{30330,499,17,0,69,0,0,4},{1449,499,14,0,72,0,1,4},{8620,667,16,0,0,0,1,4},
{80,665,3,0,0,0,0,0},{30339,432,21,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,15,0,42,0,0,0},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{30349,435,41,0,0,0,0,1},{3389,678,11,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{30361,430,50,0,0,0,0,0},{4361,678,10,0,0,0,0,5},{178,265,7,0,0,0,0,9},
{30377,499,18,0,588,0,0,1},{30397,100,20,0,0,0,0,1},{4378,664,9,0,0,0,0,5},{30418,100,19,0,0,0,0,1},
/* NutritionOrder.enteralFormula */
{10,675,51,0,0,0,0,2},{101,265,52,0,0,0,0,1},{30473,100,56,0,0,0,0,0},{30487,431,60,0,0,0,0,1},
{30503,488,58,0,0,0,0,0},{30519,100,54,0,0,0,0,4},{178,265,53,0,0,0,0,13},{30536,488,67,0,0,0,0,0},
{30556,675,57,0,0,0,0,0},{30577,100,59,274,0,0,0,16},{30600,675,55,0,0,0,0,0},{30624,675,68,0,0,0,0,4},
/* NutritionOrder.enteralFormula.administration */
{10,675,61,0,0,0,0,2},{438,488,65,0,0,0,0,0},{25845,642,64,0,0,0,0,0},{101,265,62,0,0,0,0,1},
{12793,498,66,0,0,1,0,0},{12818,488,66,0,0,1,0,0},{178,265,63,0,0,0,0,13},
/* NutritionOrder.oralDiet */
{10,675,22,0,0,0,0,2},{32,100,25,0,0,0,0,5},{30722,434,33,0,0,0,0,1},{30731,433,27,0,0,0,0,1},
{25845,642,26,0,0,0,0,1},{101,265,23,0,0,0,0,1},{30741,675,40,0,0,0,0,4},{178,265,24,0,0,0,0,13},
{30754,100,39,0,0,0,0,1},
/* NutritionOrder.oralDiet.nutrient */
{10,675,28,0,0,0,0,2},{5419,488,32,0,0,0,0,0},{5911,100,31,0,0,0,0,0},{101,265,29,0,0,0,0,1},
{178,265,30,0,0,0,0,13},
/* NutritionOrder.oralDiet.texture */
{10,675,34,0,0,0,0,2},{30843,100,38,0,0,0,0,0},{5911,100,37,0,0,0,0,0},{101,265,35,0,0,0,0,1},
{178,265,36,0,0,0,0,13},
/* NutritionOrder.supplement */
{10,675,42,0,0,0,0,2},{32,100,45,0,0,0,0,4},{438,488,48,0,0,0,0,0},{25845,642,47,0,0,0,0,1},
{101,265,43,0,0,0,0,1},{30741,675,49,0,0,0,0,4},{26999,675,46,0,0,0,0,0},{178,265,44,0,0,0,0,13},
/* Observation */
{10,669,0,0,0,0,0,4},{292,100,13,0,0,0,1,4},{14,415,1,0,0,0,0,4},{1443,13,23,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{8113,499,15,0,0,0,0,5},{12133,499,27,0,494,0,0,0},{8982,670,18,0,0,0,0,4},{1345,100,25,0,0,0,0,0},
{45,499,10,0,590,0,0,5},{53,665,11,84,0,0,1,12},{1763,499,9,0,597,0,0,5},{61,499,14,0,328,0,0,4},
{408,100,24,0,0,0,0,0},{1079,100,12,0,0,0,0,1},{80,665,3,0,0,0,0,0},{12192,499,26,0,362,0,0,0},
{11460,437,40,0,0,0,0,5},{90,514,5,0,0,0,0,1},{1130,499,16,0,42,0,0,4},{101,265,6,0,0,0,0,1},
{30893,499,38,0,604,0,0,5},{4509,499,19,0,159,0,0,5},{9844,676,20,0,0,2,0,4},{123,284,8,0,0,0,0,5},
{12079,497,20,0,0,2,0,4},{16941,498,20,0,0,2,0,4},{12153,499,39,0,608,0,0,5},{10931,463,20,0,0,2,0,4},
{2435,675,20,0,0,2,0,4},{6300,663,20,0,0,2,0,4},{7485,671,20,0,0,2,0,4},{148,678,2,0,0,0,0,12},
{7499,667,20,0,0,2,0,4},{6314,488,20,0,0,2,0,4},{30904,100,22,276,0,0,0,17},{30920,438,28,0,0,0,0,1},
{696,463,17,0,0,1,0,4},{30936,642,17,0,0,1,0,4},{20111,100,21,275,0,0,0,16},{30953,670,17,0,0,1,0,4},
{17172,523,20,0,0,2,0,4},{7033,667,17,0,0,1,0,4},{178,265,7,0,0,0,0,9},{12091,100,20,0,0,2,0,4},
/* Observation.component */
{10,675,41,0,0,0,0,2},{292,100,44,0,0,0,1,4},{101,265,42,0,0,0,0,1},{9844,676,45,0,0,1,0,4},
{12079,497,45,0,0,1,0,4},{16941,498,45,0,0,1,0,4},{10931,463,45,0,0,1,0,4},{2435,675,45,0,0,1,0,4},
{6300,663,45,0,0,1,0,4},{7485,671,45,0,0,1,0,4},{7499,667,45,0,0,1,0,4},{6314,488,45,0,0,1,0,4},
{30904,100,47,276,0,0,0,17},{30920,438,48,0,0,0,0,1},{20111,100,46,275,0,0,0,16},{17172,523,45,0,0,1,0,4},
{178,265,43,0,0,0,0,13},{12091,100,45,0,0,1,0,4},
/* Observation.referenceRange */
{10,675,29,0,0,0,0,2},{31022,497,36,0,0,0,0,0},{31027,488,32,0,0,0,0,0},{31032,488,33,0,0,0,0,0},
{26,675,37,0,0,0,0,0},{32,100,34,0,0,0,0,0},{31038,100,35,0,0,0,0,1},{101,265,30,0,0,0,0,1},
{178,265,31,0,0,0,0,13},
/* ObservationDefinition */
{10,669,0,0,0,0,0,4},{292,100,9,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{1345,100,13,0,0,0,0,0},
{1079,100,8,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,10,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},{31072,665,11,157,0,0,0,1},{31091,440,23,0,0,0,0,1},
{31110,499,35,0,615,0,0,0},{31130,499,36,0,615,0,0,0},{31151,675,14,0,0,0,0,0},{31172,441,15,0,0,0,0,0},
{31193,499,37,0,615,0,0,0},{31216,499,38,0,615,0,0,0},{31239,663,12,0,0,0,0,0},
/* ObservationDefinition.qualifiedInterval */
{10,675,24,0,0,0,0,2},{31022,497,32,0,0,0,0,0},{31304,497,28,0,0,0,0,0},{31311,665,31,159,0,0,0,0},
{4940,100,29,277,0,0,0,16},{1079,665,27,158,0,0,0,0},{31038,100,30,0,0,0,0,1},{9552,675,34,0,0,0,0,0},
{101,265,25,0,0,0,0,1},{31319,497,33,0,0,0,0,0},{178,265,26,0,0,0,0,13},
/* ObservationDefinition.quantitativeDetails */
{10,675,16,0,0,0,0,2},{1390,100,20,0,0,0,0,0},{101,265,17,0,0,0,0,1},{31378,100,19,0,0,0,0,0},
{31393,668,21,0,0,0,0,0},{31411,671,22,0,0,0,0,0},{178,265,18,0,0,0,0,13},
/* OperationDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{13474,664,25,0,0,0,0,4},{292,665,23,0,0,0,1,4},
{298,667,15,0,0,0,0,4},{304,665,13,160,0,0,1,4},{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,1,4},
{26,428,4,0,0,0,0,0},{32,663,28,0,0,0,1,4},{310,675,11,0,0,0,0,4},{53,665,12,2,0,0,1,12},
{1403,663,27,0,0,0,1,4},{1772,672,24,0,0,0,0,0},{363,128,17,0,0,0,0,5},{390,672,21,0,0,0,0,0},
{399,675,9,0,0,0,0,4},{1286,663,29,0,0,0,1,4},{80,665,3,0,0,0,0,0},{31450,443,57,0,0,0,0,1},
{3094,665,26,34,0,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{11993,444,32,0,0,0,0,1},
{479,675,16,0,0,0,0,4},{512,645,19,0,0,0,0,5},{135,672,18,0,0,0,0,0},{31460,663,22,0,0,0,0,4},
{592,663,14,0,0,0,0,4},{31474,664,30,0,0,0,0,0},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{31488,664,31,0,0,0,0,0},{178,265,7,0,0,0,0,9},
/* OperationDefinition.overload */
{10,675,58,0,0,0,0,2},{1772,675,62,0,0,0,0,0},{101,265,59,0,0,0,0,1},{31533,675,61,0,0,0,0,1},
{178,265,60,0,0,0,0,13},
/* OperationDefinition.parameter */
{10,675,33,0,0,0,0,2},{13464,675,39,0,0,0,1,0},{13469,671,38,0,0,0,1,0},{987,665,37,161,0,0,1,0},
{20,665,36,0,0,0,1,0},{27100,444,56,0,0,0,0,1},{32,665,41,82,0,0,0,0},{13494,445,44,0,0,0,0,0},
{101,265,34,0,0,0,0,1},{31579,665,43,40,0,0,0,0},{3470,675,40,0,0,0,0,0},{17538,664,42,0,0,0,0,1},
{31591,446,50,0,0,0,0,1},{178,265,35,0,0,0,0,13},
/* OperationDefinition.parameter.binding */
{10,675,45,0,0,0,0,2},{16782,665,48,104,0,0,1,0},{7258,664,49,0,0,0,1,0},{101,265,46,0,0,0,0,1},
{178,265,47,0,0,0,0,13},
/* OperationDefinition.parameter.referencedFrom */
{10,675,51,0,0,0,0,2},{2173,675,54,0,0,0,1,0},{31692,675,55,0,0,0,0,0},{101,265,52,0,0,0,0,1},
{178,265,53,0,0,0,0,13},
/* OperationOutcome */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{31720,448,8,0,0,0,1,5},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* OperationOutcome.issue */
{10,675,9,0,0,0,0,2},{292,665,13,163,0,0,1,4},{29390,100,14,0,0,0,0,4},{428,675,16,0,0,0,0,5},
{1109,665,12,162,0,0,1,4},{101,265,10,0,0,0,0,1},{928,675,17,0,0,0,0,5},{31751,675,15,0,0,0,0,4},
{178,265,11,0,0,0,0,13},
/* Organization */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,10,0,0,0,0,5},
{8960,675,12,0,0,0,0,1},{2974,663,9,0,0,0,0,12},{45,499,15,0,1,0,0,4},{2334,6,14,0,0,0,0,1},
{363,450,16,0,0,0,0,1},{4608,129,13,0,0,0,0,1},{3563,499,24,0,451,0,0,1},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Organization.contact */
{10,675,17,0,0,0,0,2},{20,283,21,0,0,0,0,0},{2334,6,23,0,0,0,0,0},{390,100,20,265,0,0,0,16},
{4608,129,22,0,0,0,0,1},{101,265,18,0,0,0,0,1},{178,265,19,0,0,0,0,13},
/* OrganizationAffiliation */
{10,669,0,0,0,0,0,4},{292,100,14,0,0,0,0,5},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2974,663,9,0,0,0,0,4},
{259,463,10,0,0,0,0,4},{2274,499,13,0,1,0,0,5},{4608,129,18,0,0,0,0,5},{3563,499,19,0,451,0,0,1},
{80,665,3,0,0,0,0,0},{428,499,16,0,19,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{1790,100,15,0,0,0,0,5},{123,284,8,0,0,0,0,5},{8653,499,11,0,1,0,0,4},{148,678,2,0,0,0,0,12},
{31825,499,17,0,617,0,0,1},{178,265,7,0,0,0,0,9},{31844,499,12,0,1,0,0,4},
/* ParameterDefinition */
{10,675,0,0,0,0,0,2},{13464,675,5,0,0,0,0,4},{13469,671,4,0,0,0,0,4},{987,665,3,161,0,0,1,4},
{20,665,2,0,0,0,0,4},{32,665,7,82,0,0,1,4},{381,664,8,0,0,0,0,4},{101,265,1,0,0,0,0,1},{3470,675,6,0,0,0,0,4},
/* Parameters */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{80,665,3,0,0,0,0,0},{11993,454,4,0,0,0,0,5},{148,678,2,0,0,0,0,12},
/* Parameters.parameter */
{10,675,5,0,0,0,0,2},{20,675,8,0,0,0,1,4},{27100,454,11,0,0,0,0,5},{16868,669,9,0,0,1,0,4},
{3094,514,10,0,0,0,0,4},{16877,10,9,0,0,1,0,4},{16887,673,9,0,0,1,0,4},{9823,678,9,0,0,1,0,4},
{16897,679,9,0,0,1,0,4},{101,265,6,0,0,0,0,1},{7447,665,9,0,0,1,0,4},{9833,666,9,0,0,1,0,4},
{16907,415,9,0,0,1,0,4},{9844,676,9,0,0,1,0,4},{16918,680,9,0,0,1,0,4},{16929,147,9,0,0,1,0,4},
{10125,425,9,0,0,1,0,4},{12079,497,9,0,0,1,0,4},{16941,498,9,0,0,1,0,4},{7458,101,9,0,0,1,0,4},
{16953,197,9,0,0,1,0,4},{10931,463,9,0,0,1,0,4},{2435,675,9,0,0,1,0,4},{16966,642,9,0,0,1,0,4},
{16979,6,9,0,0,1,0,4},{6300,663,9,0,0,1,0,4},{7471,668,9,0,0,1,0,4},{16993,670,9,0,0,1,0,4},
{7485,671,9,0,0,1,0,4},{7499,667,9,0,0,1,0,4},{17007,189,9,0,0,1,0,4},{10944,199,9,0,0,1,0,4},
{17022,672,9,0,0,1,0,4},{6314,488,9,0,0,1,0,4},{17037,664,9,0,0,1,0,4},{17053,283,9,0,0,1,0,4},
{6329,499,9,0,0,1,0,4},{17069,528,9,0,0,1,0,4},{17085,13,9,0,0,1,0,4},{6345,17,9,0,0,1,0,4},
{17102,264,9,0,0,1,0,4},{17119,284,9,0,0,1,0,4},{17136,146,9,0,0,1,0,4},{17154,674,9,0,0,1,0,4},
{17172,523,9,0,0,1,0,4},{17190,677,9,0,0,1,0,4},{178,265,7,0,0,0,0,13},{2448,662,9,0,0,1,0,4},
{17208,129,9,0,0,1,0,4},{17227,645,9,0,0,1,0,4},{17246,128,9,0,0,1,0,4},{12091,100,9,0,0,1,0,4},
{17266,162,9,0,0,1,0,4},{17288,500,9,0,0,1,0,4},{17310,644,9,0,0,1,0,4},{17334,452,9,0,0,1,0,4},
/* Patient */
{10,669,0,0,0,0,0,4},{3021,458,38,0,0,0,0,13},{14,415,1,0,0,0,0,4},{20,283,10,0,0,0,0,5},{26,428,4,0,0,0,0,0},
{20807,17,18,0,0,0,0,1},{2974,663,9,0,0,0,0,12},{31311,665,12,159,0,0,0,4},{2334,6,15,0,0,0,0,5},
{363,457,19,0,0,0,0,1},{4608,129,11,0,0,0,0,5},{80,665,3,0,0,0,0,0},{31935,666,13,0,0,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{20905,456,30,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{31946,100,16,278,0,0,0,16},{20094,663,14,0,0,1,0,12},{31961,667,14,0,0,1,0,12},
{178,265,7,0,0,0,0,9},{31979,499,36,0,198,0,0,1},{4617,499,37,0,1,0,0,4},{32000,663,17,0,0,2,0,0},
{32022,671,17,0,0,2,0,0},
/* Patient.communication */
{10,675,31,0,0,0,0,2},{80,100,34,0,0,0,1,0},{101,265,32,0,0,0,0,1},{30287,663,35,0,0,0,0,0},
{178,265,33,0,0,0,0,13},
/* Patient.contact */
{10,675,20,0,0,0,0,2},{20,283,24,0,0,0,0,0},{31311,665,27,159,0,0,0,0},{259,463,29,0,0,0,0,0},
{2334,6,26,0,0,0,0,0},{4608,129,25,0,0,0,0,1},{101,265,21,0,0,0,0,1},{8653,499,28,0,1,0,0,0},
{6252,100,23,279,0,0,0,17},{178,265,22,0,0,0,0,13},
/* Patient.link */
{10,675,39,0,0,0,0,2},{32,665,43,164,0,0,1,4},{22697,499,42,0,275,0,1,4},{101,265,40,0,0,0,0,1},
{178,265,41,0,0,0,0,13},
/* PaymentNotice */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{5442,499,16,0,198,0,0,0},
{5419,425,18,0,0,0,1,4},{53,665,9,52,0,0,1,12},{1781,667,12,0,0,0,1,4},{6399,499,14,0,619,0,1,4},
{2587,499,10,0,0,0,0,0},{80,665,3,0,0,0,0,0},{5496,499,13,0,198,0,0,0},{3104,499,11,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{7679,499,17,0,1,0,1,4},{123,284,8,0,0,0,0,1},
{9682,666,15,0,0,0,0,0},{148,678,2,0,0,0,0,12},{32113,100,19,0,0,0,0,0},{178,265,7,0,0,0,0,9},
/* PaymentReconciliation */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2375,461,20,0,0,0,0,1},{259,463,10,0,0,0,0,4},
{53,665,9,52,0,0,1,12},{1781,667,11,0,0,0,1,4},{1070,665,15,54,0,0,0,0},{2587,499,13,0,621,0,0,0},
{6408,100,34,0,0,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{2283,499,14,0,198,0,0,0},{123,284,8,0,0,0,0,1},{6429,675,16,0,0,0,0,0},{9682,666,17,0,0,0,1,4},
{6442,462,35,0,0,0,0,1},{148,678,2,0,0,0,0,12},{32151,425,18,0,0,0,1,4},{32166,499,12,0,1,0,0,4},
{178,265,7,0,0,0,0,9},{32181,284,19,0,0,0,0,0},
/* PaymentReconciliation.detail */
{10,675,21,0,0,0,0,2},{298,666,30,0,0,0,0,0},{32,100,26,0,0,0,1,0},{5442,499,32,0,198,0,0,0},
{5419,425,33,0,0,0,0,0},{2587,499,27,0,0,0,0,0},{3104,499,29,0,0,0,0,0},{101,265,22,0,0,0,0,1},
{32230,499,28,0,198,0,0,0},{123,284,24,0,0,0,0,0},{32241,284,25,0,0,0,0,0},{5682,499,31,0,623,0,0,0},
{178,265,23,0,0,0,0,13},
/* PaymentReconciliation.processNote */
{10,675,36,0,0,0,0,2},{26,675,40,0,0,0,0,0},{32,665,39,55,0,0,0,0},{101,265,37,0,0,0,0,1},
{178,265,38,0,0,0,0,13},
/* Period */
{10,675,0,0,0,0,0,2},{1745,667,3,0,0,0,0,4},{1756,667,2,0,0,0,0,4},{101,265,1,0,0,0,0,1},
/* Person */
{10,669,0,0,0,0,0,4},{3021,465,17,0,0,0,0,1},{14,415,1,0,0,0,0,4},{20,283,9,0,0,0,0,5},{26,428,4,0,0,0,0,0},
{20807,17,14,0,0,0,0,0},{2974,663,16,0,0,0,0,12},{31311,665,11,159,0,0,0,4},{2334,6,13,0,0,0,0,1},
{4608,129,10,0,0,0,0,5},{80,665,3,0,0,0,0,0},{31935,666,12,0,0,0,0,4},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
{4617,499,15,0,1,0,0,4},
/* Person.link */
{10,675,18,0,0,0,0,2},{8237,499,21,0,625,0,1,0},{32318,665,22,165,0,0,0,0},{101,265,19,0,0,0,0,1},
{178,265,20,0,0,0,0,13},
/* PlanDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,18,0,0,0,0,4},{4298,472,37,0,0,0,0,1},
{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,14,280,0,0,0,20},
{310,675,12,0,0,0,0,4},{317,100,30,0,0,0,0,1},{324,675,25,0,0,0,0,0},{2157,467,54,0,0,0,0,1},
{331,128,31,0,0,0,0,1},{347,128,32,0,0,0,0,1},{53,665,15,2,0,0,1,12},{363,128,20,0,0,0,0,5},
{372,664,36,0,0,0,0,1},{390,672,24,0,0,0,0,0},{399,675,10,0,0,0,0,4},{418,128,34,0,0,0,0,1},
{80,665,3,0,0,0,0,0},{448,128,33,0,0,0,0,1},{458,675,13,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{468,672,26,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,19,0,0,0,0,4},{123,284,9,0,0,0,0,5},
{512,645,22,0,0,0,0,5},{135,672,21,0,0,0,0,4},{550,666,27,0,0,0,0,0},{592,663,16,0,0,0,0,4},
{606,100,23,0,0,0,0,5},{148,678,2,0,0,0,0,12},{648,666,28,0,0,0,0,0},{696,463,29,0,0,0,0,4},
{713,500,35,0,0,0,0,1},{748,499,17,0,24,1,0,0},{178,265,7,0,0,0,0,9},{835,100,17,222,0,1,0,16},
/* PlanDefinition.action */
{10,675,55,0,0,0,0,2},{292,100,63,0,0,0,0,1},{32,100,91,281,0,0,0,16},{32368,162,75,0,0,0,0,1},
{310,675,59,0,0,0,0,0},{2157,467,105,0,0,0,0,1},{32375,669,66,0,0,0,0,1},{32383,162,76,0,0,0,0,1},
{21191,675,58,0,0,0,0,0},{4923,100,64,0,0,0,0,1},{18215,644,68,0,0,0,0,1},{215,665,62,5,0,0,0,0},
{9552,468,69,0,0,0,0,1},{101,265,56,0,0,0,0,1},{490,10,84,0,0,2,0,0},{501,664,98,0,0,0,0,0},
{135,675,60,0,0,0,0,0},{524,470,85,0,0,0,0,1},{537,497,84,0,0,2,0,0},{578,469,99,0,0,0,0,1},
{620,463,84,0,0,2,0,0},{634,642,84,0,0,2,0,0},{4993,678,97,0,0,3,0,0},{3470,500,65,0,0,0,0,1},
{32391,471,77,0,0,0,0,1},{32406,675,61,0,0,0,0,0},{664,667,84,0,0,2,0,0},{680,199,84,0,0,2,0,0},
{32422,665,92,168,0,0,0,0},{32440,665,95,171,0,0,0,0},{32458,665,94,170,0,0,0,0},{748,499,67,0,24,1,0,0},
{178,265,57,0,0,0,0,13},{32476,665,93,169,0,0,0,0},{32495,665,96,172,0,0,0,0},{5111,664,97,0,0,3,0,0},
{835,100,67,222,0,1,0,16},
/* PlanDefinition.action.condition */
{10,675,70,0,0,0,0,2},{304,665,73,166,0,0,1,0},{101,265,71,0,0,0,0,1},{928,264,74,0,0,0,0,0},
{178,265,72,0,0,0,0,13},
/* PlanDefinition.action.dynamicValue */
{10,675,100,0,0,0,0,2},{922,675,103,0,0,0,0,0},{101,265,101,0,0,0,0,1},{928,264,104,0,0,0,0,0},
{178,265,102,0,0,0,0,13},
/* PlanDefinition.action.participant */
{10,675,86,0,0,0,0,2},{972,100,90,0,0,0,0,0},{32,665,89,6,0,0,1,0},{101,265,87,0,0,0,0,1},
{178,265,88,0,0,0,0,13},
/* PlanDefinition.action.relatedAction */
{10,675,78,0,0,0,0,2},{32657,669,81,0,0,0,1,0},{101,265,79,0,0,0,0,1},{32667,497,83,0,0,1,0,0},
{6252,665,82,167,0,0,1,0},{32680,199,83,0,0,1,0,0},{178,265,80,0,0,0,0,13},
/* PlanDefinition.goal */
{10,675,38,0,0,0,0,2},{1756,100,44,0,0,0,0,0},{8237,473,47,0,0,0,0,1},{1079,100,41,0,0,0,0,0},
{215,100,43,0,0,0,0,0},{4334,100,45,0,0,0,0,1},{101,265,39,0,0,0,0,1},{135,100,42,0,0,0,1,0},
{3470,500,46,0,0,0,0,1},{178,265,40,0,0,0,0,13},
/* PlanDefinition.goal.target */
{10,675,48,0,0,0,0,2},{32745,199,53,0,0,0,0,0},{20321,100,51,0,0,0,0,0},{101,265,49,0,0,0,0,1},
{20330,497,52,0,0,1,0,0},{20413,488,52,0,0,1,0,0},{178,265,50,0,0,0,0,13},{20429,100,52,0,0,1,0,0},
/* Population */
{10,675,0,0,0,0,0,2},{32762,100,5,0,0,0,0,4},{31311,100,4,0,0,0,0,4},{19967,497,3,0,0,1,0,4},
{101,265,1,0,0,0,0,1},{178,265,2,0,0,0,0,13},{32768,100,3,0,0,1,0,4},{32788,100,6,0,0,0,0,4},
/* Practitioner */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,283,10,0,0,0,0,5},{26,428,4,0,0,0,0,0},{20807,17,15,0,0,0,0,1},
{2974,663,9,0,0,0,0,4},{31311,665,13,159,0,0,0,4},{2334,6,12,0,0,0,0,5},{4608,129,11,0,0,0,0,5},
{80,665,3,0,0,0,0,0},{31935,666,14,0,0,0,0,4},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{123,284,8,0,0,0,0,5},{20905,100,24,0,0,0,0,1},{148,678,2,0,0,0,0,12},{5695,476,16,0,0,0,0,1},
{178,265,7,0,0,0,0,9},
/* Practitioner.qualification */
{10,675,17,0,0,0,0,2},{292,100,21,0,0,0,1,0},{11382,499,23,0,1,0,0,0},{259,463,22,0,0,0,0,0},
{101,265,18,0,0,0,0,1},{123,284,20,0,0,0,0,1},{178,265,19,0,0,0,0,13},
/* PractitionerRole */
{10,669,0,0,0,0,0,4},{292,100,13,0,0,0,0,5},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2974,663,9,0,0,0,0,4},
{259,463,10,0,0,0,0,4},{4608,129,17,0,0,0,0,5},{3563,499,33,0,451,0,0,1},{80,665,3,0,0,0,0,0},
{428,499,15,0,19,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{1790,100,14,0,0,0,0,5},
{123,284,8,0,0,0,0,5},{20876,479,26,0,0,0,0,1},{8653,499,12,0,1,0,0,4},{32872,499,11,0,630,0,0,4},
{20890,478,18,0,0,0,0,1},{148,678,2,0,0,0,0,12},{31825,499,16,0,617,0,0,1},{178,265,7,0,0,0,0,9},
{20979,675,32,0,0,0,0,0},
/* PractitionerRole.availableTime */
{10,675,19,0,0,0,0,2},{21036,663,23,0,0,0,0,0},{101,265,20,0,0,0,0,1},{21044,665,22,120,0,0,0,1},
{21056,676,25,0,0,0,0,0},{178,265,21,0,0,0,0,13},{21074,676,24,0,0,0,0,0},
/* PractitionerRole.notAvailable */
{10,675,27,0,0,0,0,2},{21157,463,31,0,0,0,0,0},{101,265,28,0,0,0,0,1},{135,675,30,0,0,0,1,0},
{178,265,29,0,0,0,0,13},
/* Procedure */
{10,669,0,0,0,0,0,4},{292,100,16,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,38,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{45,499,12,0,632,0,0,5},{32960,499,34,0,636,0,0,1},{53,665,13,61,0,0,1,12},{1763,499,11,0,497,0,0,5},
{1070,100,33,0,0,0,0,4},{61,499,17,0,130,0,1,4},{1458,499,21,0,37,0,0,4},{408,100,32,0,0,0,0,5},
{1079,100,15,0,0,0,0,4},{32968,100,37,0,0,0,0,1},{80,665,3,0,0,0,0,0},{428,499,29,0,19,0,0,4},
{1099,499,20,0,37,0,0,4},{32978,100,46,0,0,0,0,1},{90,514,5,0,0,0,0,1},{1130,499,18,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{4509,482,22,0,0,0,0,5},{123,284,8,0,0,0,0,5},{1801,100,30,0,0,0,0,5},
{32988,481,39,0,0,0,0,1},{33001,100,35,0,0,0,0,1},{33015,10,19,0,0,1,0,4},{4533,100,14,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{33029,499,45,0,194,0,0,1},{33044,497,19,0,0,1,0,4},{4361,678,10,0,0,0,0,5},
{33060,463,19,0,0,1,0,4},{33077,675,19,0,0,1,0,4},{1860,499,31,0,640,0,0,5},{178,265,7,0,0,0,0,9},
{33094,667,19,0,0,1,0,4},{33113,499,36,0,50,0,0,1},{4378,664,9,0,0,0,0,5},
/* Procedure.focalDevice */
{10,675,40,0,0,0,0,2},{2157,100,43,0,0,0,0,0},{101,265,41,0,0,0,0,1},{33156,499,44,0,208,0,1,0},
{178,265,42,0,0,0,0,13},
/* Procedure.performer */
{10,675,23,0,0,0,0,2},{1998,499,27,0,98,0,1,4},{5202,100,26,0,0,0,0,4},{101,265,24,0,0,0,0,1},
{4669,499,28,0,1,0,0,0},{178,265,25,0,0,0,0,13},
/* ProdCharacteristic */
{10,675,0,0,0,0,0,2},{11894,675,10,0,0,0,0,5},{33210,488,5,0,0,0,0,4},{2967,17,12,0,0,0,0,5},
{33217,675,9,0,0,0,0,4},{24322,488,4,0,0,0,0,4},{24337,488,3,0,0,0,0,4},{33224,488,6,0,0,0,0,4},
{33232,675,11,0,0,0,0,5},{23684,100,13,0,0,0,0,4},{101,265,1,0,0,0,0,1},{33241,488,7,0,0,0,0,4},
{33256,488,8,0,0,0,0,4},{178,265,2,0,0,0,0,13},
/* ProductShelfLife */
{10,675,0,0,0,0,0,2},{32,100,4,0,0,0,1,4},{259,488,5,0,0,0,1,4},{101,265,1,0,0,0,0,1},{123,284,3,0,0,0,0,4},
{178,265,2,0,0,0,0,13},{33292,100,6,0,0,0,0,5},
/* Provenance */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{2150,486,15,0,0,0,1,1},
{2165,487,23,0,0,0,0,1},{2266,678,11,0,0,0,0,1},{4923,100,13,227,0,0,0,17},{8237,499,8,0,0,0,1,5},
{4304,100,14,282,0,0,0,16},{80,665,3,0,0,0,0,0},{428,499,12,0,19,0,0,0},{2190,670,10,0,0,0,1,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{3041,528,30,0,0,0,0,1},{148,678,2,0,0,0,0,12},
{33334,463,9,0,0,1,0,0},{33350,667,9,0,0,1,0,0},{178,265,7,0,0,0,0,9},
/* Provenance.agent */
{10,675,16,0,0,0,0,2},{2247,499,21,0,98,0,1,4},{972,100,20,0,0,0,0,1},{32,100,19,283,0,0,0,20},
{101,265,17,0,0,0,0,1},{4669,499,22,0,98,0,0,0},{178,265,18,0,0,0,0,13},
/* Provenance.entity */
{10,675,24,0,0,0,0,2},{972,665,27,173,0,0,1,4},{2362,499,28,0,0,0,1,4},{2150,486,29,0,0,0,0,1},
{101,265,25,0,0,0,0,1},{178,265,26,0,0,0,0,13},
/* Quantity */
{10,675,0,0,0,0,0,2},{292,665,6,0,0,0,0,4},{1390,675,4,0,0,0,0,4},{1396,668,2,0,0,0,0,4},
{1403,678,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{1411,665,3,12,0,0,0,12},
/* Questionnaire */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{292,101,28,0,0,0,0,5},{298,667,17,0,0,0,0,4},
{4891,490,29,0,0,0,0,1},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{310,675,12,0,0,0,0,4},{53,665,14,2,0,0,1,12},{363,128,19,0,0,0,0,5},{390,672,23,0,0,0,0,0},
{399,675,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,24,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{479,675,18,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,21,0,0,0,0,5},{12153,664,13,0,0,0,0,1},
{135,672,20,0,0,0,0,0},{33430,665,16,34,0,0,0,5},{550,666,25,0,0,0,0,0},{592,663,15,0,0,0,0,4},
{606,100,22,0,0,0,0,5},{148,678,2,0,0,0,0,12},{648,666,26,0,0,0,0,0},{696,463,27,0,0,0,0,4},
{178,265,7,0,0,0,0,9},
/* Questionnaire.item */
{10,675,30,0,0,0,0,2},{292,101,35,0,0,0,0,1},{4891,490,63,0,0,0,0,1},{26,675,37,0,0,0,0,0},
{32,665,38,174,0,0,1,0},{9371,675,33,0,0,0,1,0},{21191,675,36,0,0,0,0,0},{33463,493,58,0,0,0,0,1},
{33472,663,48,0,0,0,0,0},{33481,663,49,0,0,0,0,0},{2005,663,47,0,0,0,0,0},{101,265,31,0,0,0,0,1},
{13645,671,50,0,0,0,0,0},{3704,678,34,0,0,0,0,0},{33491,492,39,0,0,0,0,9},{33503,491,52,0,0,0,0,1},
{33517,664,51,0,0,0,0,0},{33533,665,46,176,0,0,0,0},{178,265,32,0,0,0,0,13},
/* Questionnaire.item.answerOption */
{10,675,53,0,0,0,0,2},{101,265,54,0,0,0,0,1},{9833,666,56,0,0,1,1,0},{9844,676,56,0,0,1,1,0},
{7458,101,56,0,0,1,1,0},{2435,675,56,0,0,1,1,0},{7485,671,56,0,0,1,1,0},{6329,499,56,0,0,1,1,0},
{33582,663,57,0,0,0,0,0},{178,265,55,0,0,0,0,13},
/* Questionnaire.item.enableWhen */
{10,675,40,0,0,0,0,2},{7533,665,44,175,0,0,1,0},{33630,675,43,0,0,0,1,0},{101,265,41,0,0,0,0,1},
{33640,666,45,0,0,1,1,0},{33652,676,45,0,0,1,1,0},{33664,101,45,0,0,1,1,0},{33678,675,45,0,0,1,1,0},
{33692,663,45,0,0,1,1,0},{33707,668,45,0,0,1,1,0},{33722,671,45,0,0,1,1,0},{33737,667,45,0,0,1,1,0},
{33753,488,45,0,0,1,1,0},{33769,499,45,0,0,1,1,0},{178,265,42,0,0,0,0,13},
/* Questionnaire.item.initial */
{10,675,59,0,0,0,0,2},{9823,678,62,0,0,1,1,0},{101,265,60,0,0,0,0,1},{9833,666,62,0,0,1,1,0},
{9844,676,62,0,0,1,1,0},{7458,101,62,0,0,1,1,0},{2435,675,62,0,0,1,1,0},{6300,663,62,0,0,1,1,0},
{7471,668,62,0,0,1,1,0},{7485,671,62,0,0,1,1,0},{7499,667,62,0,0,1,1,0},{6314,488,62,0,0,1,1,0},
{6329,499,62,0,0,1,1,0},{6345,17,62,0,0,1,1,0},{178,265,61,0,0,0,0,13},
/* QuestionnaireResponse */
{10,669,0,0,0,0,0,4},{4891,495,18,0,0,0,0,1},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{331,499,16,0,98,0,0,4},{45,499,10,0,646,0,0,5},{2173,499,17,0,37,0,0,4},{53,665,12,177,0,0,1,12},
{1763,499,9,0,497,0,0,5},{61,499,13,0,0,0,0,4},{33837,667,15,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{1130,499,14,0,42,0,0,4},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{33847,664,11,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* QuestionnaireResponse.item */
{10,675,19,0,0,0,0,2},{4891,495,31,0,0,0,0,1},{26,675,24,0,0,0,0,0},{9544,496,25,0,0,0,0,1},
{9371,675,22,0,0,0,1,0},{101,265,20,0,0,0,0,1},{3704,678,23,0,0,0,0,0},{178,265,21,0,0,0,0,13},
/* QuestionnaireResponse.item.answer */
{10,675,26,0,0,0,0,2},{4891,495,30,0,0,0,0,1},{9823,678,29,0,0,1,0,0},{101,265,27,0,0,0,0,1},
{9833,666,29,0,0,1,0,0},{9844,676,29,0,0,1,0,0},{7458,101,29,0,0,1,0,0},{2435,675,29,0,0,1,0,0},
{6300,663,29,0,0,1,0,0},{7471,668,29,0,0,1,0,0},{7485,671,29,0,0,1,0,0},{7499,667,29,0,0,1,0,0},
{6314,488,29,0,0,1,0,0},{6329,499,29,0,0,1,0,0},{6345,17,29,0,0,1,0,0},{178,265,28,0,0,0,0,13},
/* Range */
{10,675,0,0,0,0,0,2},{31027,488,2,0,0,0,0,4},{31032,488,3,0,0,0,0,4},{101,265,1,0,0,0,0,1},
/* Ratio */
{10,675,0,0,0,0,0,2},{101,265,1,0,0,0,0,1},{33939,488,2,0,0,0,0,4},{33950,488,3,0,0,0,0,4},
/* Reference */
{10,675,0,0,0,0,0,2},{32,678,3,0,0,0,0,4},{7364,675,5,0,0,0,0,4},{101,265,1,0,0,0,0,1},{4430,675,2,0,0,0,0,4},
{123,284,4,0,0,0,0,4},
/* RelatedArtifact */
{10,675,0,0,0,0,0,2},{287,679,6,0,0,0,0,4},{32,665,2,178,0,0,1,4},{13480,675,3,0,0,0,0,4},
{7364,675,4,0,0,0,0,4},{33991,672,5,0,0,0,0,4},{3332,17,7,0,0,0,0,4},{3094,664,8,0,0,0,0,4},
{101,265,1,0,0,0,0,1},
/* RelatedPerson */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,283,12,0,0,0,0,5},{26,428,4,0,0,0,0,0},{20807,17,17,0,0,0,0,1},
{2974,663,9,0,0,0,0,12},{31311,665,14,159,0,0,0,4},{259,463,18,0,0,0,0,0},{2334,6,16,0,0,0,0,5},
{1449,499,10,0,72,0,1,4},{4608,129,13,0,0,0,0,5},{80,665,3,0,0,0,0,0},{31935,666,15,0,0,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{6252,100,11,0,0,0,0,5},
{20905,502,19,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* RelatedPerson.communication */
{10,675,20,0,0,0,0,2},{80,100,23,0,0,0,1,0},{101,265,21,0,0,0,0,1},{30287,663,24,0,0,0,0,0},
{178,265,22,0,0,0,0,13},
/* RequestGroup */
{10,669,0,0,0,0,0,4},{292,100,17,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,24,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{2157,504,25,0,0,0,0,1},{331,499,21,0,44,0,0,0},{355,665,15,4,0,0,1,12},{53,665,14,44,0,0,1,12},
{1763,499,11,0,0,0,0,1},{61,499,18,0,130,0,0,0},{80,665,3,0,0,0,0,0},{215,665,16,5,0,0,0,4},
{4324,499,12,0,0,0,0,1},{90,514,5,0,0,0,0,1},{1130,499,19,0,42,0,0,0},{101,265,6,0,0,0,0,1},
{7812,667,20,0,0,0,0,0},{123,284,8,0,0,0,0,5},{1801,100,22,0,0,0,0,1},{148,678,2,0,0,0,0,12},
{7824,284,13,0,0,0,0,4},{4361,678,10,0,0,0,0,5},{1860,499,23,0,154,0,0,1},{178,265,7,0,0,0,0,9},
{4378,664,9,0,0,0,0,5},
/* RequestGroup.action */
{10,675,26,0,0,0,0,2},{292,100,34,0,0,0,0,1},{32,100,51,281,0,0,0,16},{310,675,30,0,0,0,0,0},
{2157,504,58,0,0,0,0,1},{21191,675,29,0,0,0,0,0},{215,665,33,5,0,0,0,0},{3094,499,57,0,0,0,0,0},
{9552,505,36,0,0,0,0,1},{101,265,27,0,0,0,0,1},{490,10,49,0,0,1,0,0},{135,675,31,0,0,0,0,4},
{524,499,50,0,513,0,0,1},{537,497,49,0,0,1,0,0},{620,463,49,0,0,1,0,0},{634,642,49,0,0,1,0,0},
{3470,500,35,0,0,0,0,1},{32391,506,42,0,0,0,0,1},{32406,675,32,0,0,0,0,4},{664,667,49,0,0,1,0,0},
{680,199,49,0,0,1,0,0},{32422,665,52,168,0,0,0,0},{32440,665,55,171,0,0,0,0},{32458,665,54,170,0,0,0,0},
{178,265,28,0,0,0,0,13},{32476,665,53,169,0,0,0,0},{32495,665,56,172,0,0,0,0},
/* RequestGroup.action.condition */
{10,675,37,0,0,0,0,2},{304,665,40,166,0,0,1,0},{101,265,38,0,0,0,0,1},{928,264,41,0,0,0,0,0},
{178,265,39,0,0,0,0,13},
/* RequestGroup.action.relatedAction */
{10,675,43,0,0,0,0,2},{32657,669,46,0,0,0,1,0},{101,265,44,0,0,0,0,1},{32667,497,48,0,0,1,0,0},
{6252,665,47,167,0,0,1,0},{32680,199,48,0,0,1,0,0},{178,265,45,0,0,0,0,13},
/* ResearchDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,18,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{317,100,31,0,0,0,0,1},{324,675,26,0,0,0,0,0},
{331,128,32,0,0,0,0,1},{347,128,33,0,0,0,0,1},{53,665,15,2,0,0,1,12},{1772,675,22,0,0,0,0,1},
{363,128,20,0,0,0,0,5},{372,664,37,0,0,0,0,1},{1070,499,41,0,649,0,0,4},{390,672,25,0,0,0,0,0},
{399,675,10,0,0,0,0,4},{418,128,35,0,0,0,0,1},{12867,499,39,0,649,0,0,4},{80,665,3,0,0,0,0,0},
{448,128,34,0,0,0,0,1},{458,675,14,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,27,0,0,0,0,0},
{101,265,6,0,0,0,0,1},{479,675,19,0,0,0,0,4},{123,284,9,0,0,0,0,5},{12899,499,38,0,649,0,1,4},
{18234,675,13,0,0,0,0,0},{512,645,23,0,0,0,0,5},{135,672,21,0,0,0,0,4},{550,666,28,0,0,0,0,0},
{592,663,16,0,0,0,0,4},{606,100,24,0,0,0,0,5},{148,678,2,0,0,0,0,12},{648,666,29,0,0,0,0,0},
{696,463,30,0,0,0,0,4},{713,500,36,0,0,0,0,1},{748,499,17,0,24,1,0,0},{178,265,7,0,0,0,0,9},
{12973,499,40,0,649,0,0,4},{835,100,17,222,0,1,0,16},
/* ResearchElementDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,18,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{32,665,38,179,0,0,1,4},{310,675,12,0,0,0,0,4},{317,100,31,0,0,0,0,1},
{324,675,26,0,0,0,0,0},{331,128,32,0,0,0,0,1},{347,128,33,0,0,0,0,1},{53,665,15,2,0,0,1,12},
{1772,675,22,0,0,0,0,1},{363,128,20,0,0,0,0,5},{372,664,37,0,0,0,0,1},{390,672,25,0,0,0,0,0},
{399,675,10,0,0,0,0,4},{418,128,35,0,0,0,0,1},{80,665,3,0,0,0,0,0},{448,128,34,0,0,0,0,1},
{458,675,14,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,27,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{479,675,19,0,0,0,0,4},{123,284,9,0,0,0,0,5},{18234,675,13,0,0,0,0,4},{512,645,23,0,0,0,0,5},
{135,672,21,0,0,0,0,4},{550,666,28,0,0,0,0,0},{592,663,16,0,0,0,0,4},{606,100,24,0,0,0,0,5},
{34193,665,39,109,0,0,0,0},{148,678,2,0,0,0,0,12},{18301,509,40,0,0,0,1,5},{648,666,29,0,0,0,0,0},
{696,463,30,0,0,0,0,4},{713,500,36,0,0,0,0,1},{748,499,17,0,24,1,0,0},{178,265,7,0,0,0,0,9},
{835,100,17,222,0,1,0,16},
/* ResearchElementDefinition.characteristic */
{10,675,41,0,0,0,0,2},{18350,663,46,0,0,0,0,0},{101,265,42,0,0,0,0,1},{18373,645,45,0,0,0,0,1},
{13171,100,47,0,0,0,0,0},{178,265,43,0,0,0,0,13},{5111,664,44,0,0,1,1,4},{18423,264,44,0,0,1,1,4},
{34249,463,49,0,0,2,0,0},{34271,642,49,0,0,2,0,0},{34293,667,49,0,0,2,0,0},{34317,199,49,0,0,2,0,0},
{18445,100,44,0,0,1,1,4},{18472,162,44,0,0,1,1,4},{34341,675,48,0,0,0,0,0},{18499,463,53,0,0,3,0,0},
{18527,642,53,0,0,3,0,0},{34368,665,51,110,0,0,0,0},{34396,199,50,0,0,0,0,0},{18584,667,53,0,0,3,0,0},
{18614,199,53,0,0,3,0,0},{34425,675,52,0,0,0,0,0},{34458,665,55,110,0,0,0,0},{34492,199,54,0,0,0,0,0},
/* ResearchStudy */
{10,669,0,0,0,0,0,4},{34542,511,30,0,0,0,0,1},{14,415,1,0,0,0,0,4},{1443,13,29,0,0,0,0,1},
{2486,499,27,0,19,0,0,5},{26,428,4,0,0,0,0,0},{8113,100,16,0,0,0,0,5},{34547,100,14,0,0,0,0,4},
{310,675,9,0,0,0,0,4},{45,499,11,0,30,0,0,5},{259,463,24,0,0,0,0,4},{53,665,12,180,0,0,1,12},
{363,128,18,0,0,0,0,5},{34554,100,20,0,0,0,0,5},{34563,499,25,0,1,0,0,4},{1079,100,15,0,0,0,0,5},
{80,665,3,0,0,0,0,0},{428,100,21,0,0,0,0,5},{3646,499,10,0,651,0,0,5},{9552,100,17,0,0,0,0,5},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{34572,512,37,0,0,0,0,1},{34583,499,23,0,24,0,0,5},
{123,284,8,0,0,0,0,5},{135,672,22,0,0,0,0,0},{148,678,2,0,0,0,0,12},{34595,100,28,0,0,0,0,4},
{713,500,19,0,0,0,0,1},{178,265,7,0,0,0,0,9},{34610,100,13,284,0,0,0,20},{34630,499,26,0,69,0,0,4},
/* ResearchStudy.arm */
{10,675,31,0,0,0,0,2},{20,675,34,0,0,0,1,0},{32,100,35,0,0,0,0,0},{101,265,32,0,0,0,0,1},
{135,675,36,0,0,0,0,0},{178,265,33,0,0,0,0,13},
/* ResearchStudy.objective */
{10,675,38,0,0,0,0,2},{20,675,41,0,0,0,0,0},{32,100,42,0,0,0,0,0},{101,265,39,0,0,0,0,1},
{178,265,40,0,0,0,0,13},
/* ResearchSubject */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{1063,499,11,0,30,0,1,4},
{259,463,10,0,0,0,0,4},{53,665,9,181,0,0,1,12},{34714,499,15,0,653,0,0,0},{80,665,3,0,0,0,0,0},
{34723,675,14,0,0,0,0,0},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},
{17925,499,12,0,72,0,1,4},{34734,675,13,0,0,0,0,0},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Resource */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{80,665,3,0,0,0,0,0},{148,678,2,0,0,0,0,12},
/* RiskAssessment */
{10,669,0,0,0,0,0,4},{292,100,13,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,33,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{7126,499,21,0,0,0,0,1},{1345,100,12,0,0,0,0,4},{2579,499,10,0,0,0,0,0},{53,665,11,84,0,0,1,4},
{1763,499,9,0,0,0,0,0},{61,499,14,0,130,0,1,4},{80,665,3,0,0,0,0,0},{9552,499,17,0,50,0,0,4},
{90,514,5,0,0,0,0,1},{1130,499,15,0,42,0,0,4},{101,265,6,0,0,0,0,1},{4509,499,18,0,44,0,0,4},
{123,284,8,0,0,0,0,5},{11019,675,32,0,0,0,0,0},{34773,516,22,0,0,0,0,1},{1801,100,19,0,0,0,0,1},
{148,678,2,0,0,0,0,12},{1860,499,20,0,154,0,0,1},{5055,463,16,0,0,1,0,4},{178,265,7,0,0,0,0,9},
{5091,667,16,0,0,1,0,4},
/* RiskAssessment.prediction */
{10,675,23,0,0,0,0,2},{1070,100,26,0,0,0,0,0},{101,265,24,0,0,0,0,1},{23703,675,31,0,0,0,0,0},
{34812,497,30,0,0,2,0,0},{34823,463,30,0,0,2,0,0},{34835,668,29,0,0,0,0,0},{34849,100,28,0,0,0,0,0},
{34866,497,27,0,0,1,0,0},{178,265,25,0,0,0,0,13},{34884,668,27,0,0,1,0,0},
/* RiskEvidenceSynthesis */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{1443,13,18,0,0,0,0,1},{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{317,100,25,0,0,0,0,1},
{331,128,26,0,0,0,0,1},{347,128,27,0,0,0,0,1},{53,665,13,2,0,0,1,12},{363,128,16,0,0,0,0,5},
{1070,499,35,0,378,0,1,4},{399,675,10,0,0,0,0,4},{418,128,29,0,0,0,0,1},{12867,499,34,0,378,0,0,4},
{80,665,3,0,0,0,0,0},{448,128,28,0,0,0,0,1},{12877,518,61,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{468,672,21,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,15,0,0,0,0,4},{12888,100,32,250,0,0,0,16},
{123,284,9,0,0,0,0,5},{12899,499,33,0,378,0,1,4},{12911,522,36,0,0,0,0,0},{512,645,19,0,0,0,0,5},
{135,672,17,0,0,0,0,4},{550,666,22,0,0,0,0,0},{606,100,20,0,0,0,0,5},{34927,520,43,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{12923,100,31,249,0,0,0,16},{648,666,23,0,0,0,0,0},{696,463,24,0,0,0,0,4},
{713,500,30,0,0,0,0,1},{178,265,7,0,0,0,0,9},
/* RiskEvidenceSynthesis.certainty */
{10,675,62,0,0,0,0,2},{1443,13,66,0,0,0,0,1},{13029,100,65,254,0,0,0,17},{101,265,63,0,0,0,0,1},
{178,265,64,0,0,0,0,13},{13037,519,67,0,0,0,0,1},
/* RiskEvidenceSynthesis.certainty.certaintySubcomponent */
{10,675,68,0,0,0,0,2},{1443,13,73,0,0,0,0,1},{32,100,71,255,0,0,0,16},{13029,100,72,256,0,0,0,17},
{101,265,69,0,0,0,0,1},{178,265,70,0,0,0,0,13},
/* RiskEvidenceSynthesis.riskEstimate */
{10,675,44,0,0,0,0,2},{32,100,48,285,0,0,0,16},{1396,668,49,0,0,0,0,0},{101,265,45,0,0,0,0,1},
{135,675,47,0,0,0,0,0},{13171,100,50,0,0,0,0,0},{35065,671,52,0,0,0,0,0},{35081,671,51,0,0,0,0,0},
{178,265,46,0,0,0,0,13},{13186,521,53,0,0,0,0,1},
/* RiskEvidenceSynthesis.riskEstimate.precisionEstimate */
{10,675,54,0,0,0,0,2},{13263,668,60,0,0,0,0,0},{13267,668,59,0,0,0,0,0},{32,100,57,253,0,0,0,16},
{13273,668,58,0,0,0,0,0},{101,265,55,0,0,0,0,1},{178,265,56,0,0,0,0,13},
/* RiskEvidenceSynthesis.sampleSize */
{10,675,37,0,0,0,0,2},{101,265,38,0,0,0,0,1},{135,675,40,0,0,0,0,0},{13397,671,41,0,0,0,0,0},
{178,265,39,0,0,0,0,13},{13414,671,42,0,0,0,0,0},
/* SampledData */
{10,675,0,0,0,0,0,2},{2097,675,8,0,0,0,0,0},{5427,668,4,0,0,0,0,4},{17722,488,2,0,0,0,1,4},
{259,668,3,0,0,0,1,4},{101,265,1,0,0,0,0,1},{35200,674,7,0,0,0,1,4},{35212,668,5,0,0,0,0,4},
{35224,668,6,0,0,0,0,4},
/* Schedule */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{1998,499,13,0,88,0,1,5},
{2974,663,9,0,0,0,0,12},{1772,675,15,0,0,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{1790,100,12,0,0,0,0,5},{123,284,8,0,0,0,0,5},{1813,100,11,0,0,0,0,5},
{148,678,2,0,0,0,0,12},{35246,463,14,0,0,0,0,4},{1894,100,10,0,0,0,0,5},{178,265,7,0,0,0,0,9},
/* SearchParameter */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{13474,665,22,34,0,0,1,5},{292,665,21,0,0,0,1,4},
{298,667,14,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,1,4},{26,428,4,0,0,0,0,0},{32,665,23,40,0,0,1,4},
{35280,675,32,0,0,0,0,1},{16834,675,25,0,0,0,0,0},{53,665,12,2,0,0,1,12},{8237,665,27,34,0,0,0,1},
{363,128,16,0,0,0,0,5},{390,672,20,0,0,0,0,0},{399,675,9,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{5911,665,31,184,0,0,0,1},{11460,526,33,0,0,0,0,1},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{479,675,15,0,0,0,0,4},{1411,665,30,183,0,0,0,1},{928,675,24,0,0,0,0,0},{35287,663,28,0,0,0,0,0},
{512,645,18,0,0,0,0,5},{35299,665,26,182,0,0,0,0},{12153,664,11,0,0,0,0,0},{135,672,17,0,0,0,1,4},
{35311,663,29,0,0,0,0,0},{592,663,13,0,0,0,0,4},{606,100,19,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},
/* SearchParameter.component */
{10,675,34,0,0,0,0,2},{101,265,35,0,0,0,0,1},{3704,664,37,0,0,0,1,0},{928,675,38,0,0,0,1,0},
{178,265,36,0,0,0,0,13},
/* ServiceRequest */
{10,669,0,0,0,0,0,4},{292,100,19,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,38,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{355,665,15,4,0,0,1,12},{53,665,14,44,0,0,1,12},{1763,499,11,0,543,0,0,5},{61,499,22,0,328,0,1,4},
{408,100,37,0,0,0,0,5},{1079,100,16,0,0,0,0,5},{80,665,3,0,0,0,0,0},{215,665,17,5,0,0,0,4},
{4324,499,12,0,81,0,0,5},{12192,499,36,0,362,0,0,5},{90,514,5,0,0,0,0,1},{1130,499,23,0,42,0,0,4},
{101,265,6,0,0,0,0,1},{5527,499,34,0,333,0,0,1},{4509,499,29,0,145,0,0,5},{7801,499,27,0,98,0,0,4},
{7812,667,26,0,0,0,0,4},{123,284,8,0,0,0,0,5},{1801,100,32,0,0,0,0,5},{35367,100,20,0,0,0,0,5},
{35380,284,13,0,0,0,0,4},{564,663,18,0,0,0,0,12},{35393,100,30,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{9423,100,28,0,0,0,0,4},{35407,497,21,0,0,1,0,4},{35422,498,21,0,0,1,0,4},{4345,499,35,0,0,0,0,1},
{12622,663,25,0,0,3,0,4},{4361,678,10,0,0,0,0,5},{1860,499,33,0,154,0,0,5},{9061,499,40,0,283,0,0,1},
{5055,463,24,0,0,2,0,4},{5073,642,24,0,0,2,0,4},{35437,488,21,0,0,1,0,4},{5637,499,31,0,19,0,0,5},
{178,265,7,0,0,0,0,9},{5091,667,24,0,0,2,0,4},{1930,675,39,0,0,0,0,4},{4378,664,9,0,0,0,0,5},
{12700,100,25,0,0,3,0,4},
/* Signature */
{10,675,0,0,0,0,0,2},{2247,499,4,0,98,0,1,4},{2097,662,8,0,0,0,0,0},{32,101,2,0,0,0,1,5},
{35466,670,3,0,0,0,1,4},{101,265,1,0,0,0,0,1},{35472,665,7,0,0,0,0,0},{4669,499,5,0,98,0,0,4},
{35483,665,6,0,0,0,0,0},
/* Slot */
{10,669,0,0,0,0,0,4},{1745,670,16,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{1756,670,15,0,0,0,1,4},{53,665,14,185,0,0,1,4},{1772,675,18,0,0,0,0,0},{80,665,3,0,0,0,0,0},
{25845,499,13,0,655,0,1,4},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{1790,100,11,0,0,0,0,5},
{123,284,8,0,0,0,0,5},{35503,663,17,0,0,0,0,0},{1813,100,10,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{1826,100,12,0,0,0,0,4},{1894,100,9,0,0,0,0,5},{178,265,7,0,0,0,0,9},
/* Specimen */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{1443,13,46,0,0,0,0,1},{26,428,4,0,0,0,0,0},{32,100,11,0,0,0,0,4},
{2579,499,14,0,362,0,0,1},{53,665,10,186,0,0,0,12},{2587,499,15,0,81,0,0,1},{61,499,12,0,657,0,0,4},
{80,665,3,0,0,0,0,0},{9552,100,45,287,0,0,0,21},{90,514,5,0,0,0,0,1},{35525,532,35,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{2605,531,16,0,0,0,0,0},{123,284,8,0,0,0,0,5},{2617,533,27,0,0,0,0,1},
{35536,667,13,0,0,0,0,4},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},{35550,284,9,0,0,0,0,4},
/* Specimen.collection */
{10,675,17,0,0,0,0,2},{1345,100,24,0,0,0,0,0},{408,100,25,0,0,0,0,0},{2929,199,22,0,0,0,0,4},
{438,488,23,0,0,0,0,0},{2712,499,20,0,69,0,0,4},{101,265,18,0,0,0,0,1},{2723,463,21,0,0,1,0,4},
{2740,667,21,0,0,1,0,4},{178,265,19,0,0,0,0,13},{35592,199,26,0,0,2,0,4},{35615,100,26,286,0,2,0,20},
/* Specimen.container */
{10,675,36,0,0,0,0,2},{32,100,41,0,0,0,0,0},{35665,488,42,0,0,0,0,0},{101,265,37,0,0,0,0,1},
{123,284,39,0,0,0,0,5},{135,675,40,0,0,0,0,0},{35675,488,43,0,0,0,0,0},{35693,499,44,0,116,1,0,0},
{178,265,38,0,0,0,0,13},{35712,100,44,0,0,1,0,0},
/* Specimen.processing */
{10,675,28,0,0,0,0,2},{2865,499,33,0,116,0,0,1},{101,265,29,0,0,0,0,1},{2875,100,32,0,0,0,0,0},
{2800,463,34,0,0,1,0,0},{135,675,31,0,0,0,0,0},{2812,667,34,0,0,1,0,0},{178,265,30,0,0,0,0,13},
/* SpecimenDefinition */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{2605,100,12,0,0,0,0,5},{123,284,8,0,0,0,0,4},{35778,675,11,0,0,0,0,4},
{35790,535,13,0,0,0,0,1},{148,678,2,0,0,0,0,12},{35802,100,9,0,0,0,0,4},{178,265,7,0,0,0,0,9},
{35817,100,10,0,0,0,0,5},
/* SpecimenDefinition.typeTested */
{10,675,14,0,0,0,0,2},{32,100,18,0,0,0,0,0},{35868,538,39,0,0,0,0,1},{35525,536,20,0,0,0,0,0},
{101,265,15,0,0,0,0,1},{35878,663,17,0,0,0,0,0},{35889,665,19,187,0,0,1,0},{22936,675,36,0,0,0,0,0},
{35901,199,37,0,0,0,0,0},{178,265,16,0,0,0,0,13},{35916,100,38,0,0,0,0,1},
/* SpecimenDefinition.typeTested.container */
{10,675,21,0,0,0,0,2},{35977,100,26,0,0,0,0,0},{32,100,25,0,0,0,0,0},{2865,537,30,0,0,0,0,1},
{35665,488,28,0,0,0,0,0},{11489,100,24,0,0,0,0,0},{101,265,22,0,0,0,0,1},{135,675,27,0,0,0,0,0},
{35982,675,35,0,0,0,0,0},{178,265,23,0,0,0,0,13},{35995,675,29,0,0,1,0,0},{36016,488,29,0,0,1,0,0},
/* SpecimenDefinition.typeTested.container.additive */
{10,675,31,0,0,0,0,2},{101,265,32,0,0,0,0,1},{35693,499,34,0,116,1,1,0},{178,265,33,0,0,0,0,13},
{35712,100,34,0,0,1,1,0},
/* SpecimenDefinition.typeTested.handling */
{10,675,40,0,0,0,0,2},{101,265,41,0,0,0,0,1},{30741,675,46,0,0,0,0,0},{36129,199,45,0,0,0,0,0},
{36142,497,44,0,0,0,0,0},{178,265,42,0,0,0,0,13},{36160,100,43,0,0,0,0,0},
/* StructureDefinition */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{298,667,15,0,0,0,0,4},{304,665,33,188,0,0,1,4},
{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,1,4},{26,428,4,0,0,0,0,0},{32,678,42,0,0,0,1,4},{310,675,12,0,0,0,0,4},
{53,665,13,2,0,0,1,12},{363,128,17,0,0,0,0,5},{4940,540,35,0,0,0,0,5},{34554,101,23,288,0,0,0,21},
{13521,542,25,0,0,0,0,1},{390,672,21,0,0,0,0,0},{399,675,10,0,0,0,0,4},{36203,663,34,0,0,0,1,4},
{80,665,3,0,0,0,0,0},{36213,543,45,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,22,0,0,0,0,0},
{101,265,6,0,0,0,0,1},{479,675,16,0,0,0,0,4},{36223,665,44,190,0,0,0,4},{123,284,9,0,0,0,0,5},
{512,645,19,0,0,0,0,5},{135,672,18,0,0,0,0,0},{3363,665,24,32,0,0,0,4},{36235,541,50,0,0,0,0,0},
{592,663,14,0,0,0,0,4},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},{36249,664,43,0,0,0,0,4},
{36265,675,41,0,0,0,0,5},{178,265,7,0,0,0,0,9},
/* StructureDefinition.context */
{10,675,36,0,0,0,0,2},{32,665,39,189,0,0,1,4},{101,265,37,0,0,0,0,1},{928,675,40,0,0,0,1,4},
{178,265,38,0,0,0,0,13},
/* StructureDefinition.differential */
{10,675,51,0,0,0,0,2},{8245,208,54,0,0,0,1,1},{101,265,52,0,0,0,0,1},{178,265,53,0,0,0,0,13},
/* StructureDefinition.mapping */
{10,675,26,0,0,0,0,2},{7564,678,30,0,0,0,0,0},{20,675,31,0,0,0,0,0},{1772,675,32,0,0,0,0,0},
{17392,669,29,0,0,0,1,0},{101,265,27,0,0,0,0,1},{178,265,28,0,0,0,0,13},
/* StructureDefinition.snapshot */
{10,675,46,0,0,0,0,2},{8245,208,49,0,0,0,1,1},{101,265,47,0,0,0,0,1},{178,265,48,0,0,0,0,13},
/* StructureMap */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,1,4},
{26,428,4,0,0,0,0,0},{8156,545,32,0,0,0,1,5},{310,675,12,0,0,0,0,4},{36419,664,31,0,0,0,0,5},
{53,665,13,2,0,0,1,12},{363,128,17,0,0,0,0,5},{390,672,21,0,0,0,0,0},{399,675,10,0,0,0,0,4},
{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{468,672,22,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,16,0,0,0,0,4},
{36427,552,23,0,0,0,0,5},{123,284,9,0,0,0,0,5},{512,645,19,0,0,0,0,5},{135,672,18,0,0,0,0,0},
{592,663,14,0,0,0,0,4},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* StructureMap.group */
{10,675,33,0,0,0,0,2},{20,669,36,0,0,0,1,4},{8948,547,48,0,0,0,1,5},{32368,546,40,0,0,0,1,5},
{36458,669,37,0,0,0,0,4},{36467,665,38,192,0,0,1,4},{101,265,34,0,0,0,0,1},{3470,675,39,0,0,0,0,4},
{178,265,35,0,0,0,0,13},
/* StructureMap.group.input */
{10,675,41,0,0,0,0,2},{3252,665,46,193,0,0,1,4},{20,669,44,0,0,0,1,4},{32,675,45,0,0,0,0,4},
{101,265,42,0,0,0,0,1},{3470,675,47,0,0,0,0,0},{178,265,43,0,0,0,0,13},
/* StructureMap.group.rule */
{10,675,49,0,0,0,0,2},{20,669,52,0,0,0,1,4},{8948,547,84,0,0,0,0,5},{2173,549,53,0,0,0,1,5},
{8237,550,68,0,0,0,0,5},{9974,548,85,0,0,0,0,5},{101,265,50,0,0,0,0,1},{3470,675,91,0,0,0,0,0},
{178,265,51,0,0,0,0,13},
/* StructureMap.group.rule.dependent */
{10,675,86,0,0,0,0,2},{20,669,89,0,0,0,1,4},{36563,675,90,0,0,0,1,5},{101,265,87,0,0,0,0,1},
{178,265,88,0,0,0,0,13},
/* StructureMap.group.rule.source */
{10,675,54,0,0,0,0,2},{13464,675,59,0,0,0,0,4},{13469,671,58,0,0,0,0,4},{32,675,60,0,0,0,0,4},
{36605,675,66,0,0,0,0,4},{4940,669,57,0,0,0,1,4},{8245,675,62,0,0,0,0,4},{36612,665,63,194,0,0,0,4},
{36563,669,64,0,0,0,0,4},{9552,675,65,0,0,0,0,4},{101,265,55,0,0,0,0,1},{36622,675,67,0,0,0,0,4},
{14288,669,61,0,0,1,0,4},{14464,10,61,0,0,1,0,4},{14481,673,61,0,0,1,0,4},{14498,678,61,0,0,1,0,4},
{14515,679,61,0,0,1,0,4},{14787,665,61,0,0,1,0,4},{14805,666,61,0,0,1,0,4},{14823,415,61,0,0,1,0,4},
{14841,676,61,0,0,1,0,4},{14859,680,61,0,0,1,0,4},{15111,147,61,0,0,1,0,4},{15130,425,61,0,0,1,0,4},
{15149,497,61,0,0,1,0,4},{15168,498,61,0,0,1,0,4},{178,265,56,0,0,0,0,13},{15320,101,61,0,0,1,0,4},
{15340,197,61,0,0,1,0,4},{15360,463,61,0,0,1,0,4},{15380,675,61,0,0,1,0,4},{15400,642,61,0,0,1,0,4},
{15540,6,61,0,0,1,0,4},{15561,663,61,0,0,1,0,4},{15582,668,61,0,0,1,0,4},{15603,670,61,0,0,1,0,4},
{15624,671,61,0,0,1,0,4},{15813,667,61,0,0,1,0,4},{15835,189,61,0,0,1,0,4},{15857,199,61,0,0,1,0,4},
{15879,672,61,0,0,1,0,4},{15901,488,61,0,0,1,0,4},{16011,664,61,0,0,1,0,4},{16034,283,61,0,0,1,0,4},
{16057,499,61,0,0,1,0,4},{16080,528,61,0,0,1,0,4},{16103,13,61,0,0,1,0,4},{16127,17,61,0,0,1,0,4},
{16151,264,61,0,0,1,0,4},{16175,284,61,0,0,1,0,4},{16295,146,61,0,0,1,0,4},{16320,674,61,0,0,1,0,4},
{16345,523,61,0,0,1,0,4},{16370,677,61,0,0,1,0,4},{16395,662,61,0,0,1,0,4},{16421,129,61,0,0,1,0,4},
{16447,645,61,0,0,1,0,4},{16525,128,61,0,0,1,0,4},{16580,100,61,0,0,1,0,4},{16609,162,61,0,0,1,0,4},
{16638,500,61,0,0,1,0,4},{16667,644,61,0,0,1,0,4},{16698,452,61,0,0,1,0,4},
/* StructureMap.group.rule.target */
{10,675,69,0,0,0,0,2},{4940,669,72,0,0,0,0,4},{8245,675,74,0,0,0,0,4},{36612,665,76,196,0,0,0,5},
{36563,669,75,0,0,0,0,4},{101,265,70,0,0,0,0,1},{11993,551,79,0,0,0,0,5},{501,665,78,197,0,0,0,4},
{36666,669,77,0,0,0,0,4},{36678,665,73,195,0,0,0,4},{178,265,71,0,0,0,0,13},
/* StructureMap.group.rule.target.parameter */
{10,675,80,0,0,0,0,2},{16868,669,83,0,0,1,1,4},{101,265,81,0,0,0,0,1},{2435,675,83,0,0,1,1,4},
{6300,663,83,0,0,1,1,4},{7471,668,83,0,0,1,1,4},{7485,671,83,0,0,1,1,4},{178,265,82,0,0,0,0,13},
/* StructureMap.structure */
{10,675,24,0,0,0,0,2},{287,664,27,0,0,0,1,4},{3252,665,28,191,0,0,1,4},{8960,675,29,0,0,0,0,4},
{101,265,25,0,0,0,0,1},{3470,675,30,0,0,0,0,0},{178,265,26,0,0,0,0,13},
/* Subscription */
{10,669,0,0,0,0,0,4},{1745,670,10,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{6383,675,13,0,0,0,0,4},{4923,675,11,0,0,0,1,4},{53,665,8,198,0,0,1,12},{36771,554,14,0,0,0,1,4},
{363,129,9,0,0,0,0,5},{23902,675,12,0,0,0,1,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Subscription.channel */
{10,675,15,0,0,0,0,2},{32,665,18,199,0,0,1,4},{17972,675,21,0,0,0,0,5},{7660,665,20,0,0,0,0,4},
{3563,679,19,0,0,0,0,4},{101,265,16,0,0,0,0,1},{178,265,17,0,0,0,0,13},
/* Substance */
{10,669,0,0,0,0,0,4},{292,100,11,0,0,0,1,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,200,0,0,0,12},
{1079,100,10,289,0,0,0,21},{1286,557,13,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,5},{24396,556,20,0,0,0,0,5},{135,675,12,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* Substance.ingredient */
{10,675,21,0,0,0,0,2},{438,498,24,0,0,0,0,4},{101,265,22,0,0,0,0,1},{178,265,23,0,0,0,0,13},
{36835,499,25,0,116,1,1,4},{36855,100,25,0,0,1,1,4},
/* Substance.instance */
{10,675,14,0,0,0,0,2},{36901,667,18,0,0,0,0,4},{438,488,19,0,0,0,0,4},{101,265,15,0,0,0,0,1},
{123,284,17,0,0,0,0,4},{178,265,16,0,0,0,0,13},
/* SubstanceAmount */
{10,675,0,0,0,0,0,2},{101,265,1,0,0,0,0,1},{36926,675,5,0,0,0,0,4},{36938,100,4,0,0,0,0,4},
{36950,497,3,0,0,1,0,4},{36963,675,3,0,0,1,0,4},{36977,488,3,0,0,1,0,4},{30920,559,6,0,0,0,0,4},
{178,265,2,0,0,0,0,13},
/* SubstanceAmount.referenceRange */
{10,675,7,0,0,0,0,2},{37025,488,9,0,0,0,0,4},{101,265,8,0,0,0,0,1},{37035,488,10,0,0,0,0,4},
/* SubstanceNucleicAcid */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{37068,561,12,0,0,0,0,5},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{37077,100,8,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{37091,671,9,0,0,0,0,4},{178,265,7,0,0,0,0,9},{37109,675,10,0,0,0,0,4},{37130,100,11,0,0,0,0,4},
/* SubstanceNucleicAcid.subunit */
{10,675,13,0,0,0,0,2},{37181,563,30,0,0,0,0,5},{17564,671,18,0,0,0,0,4},{37188,562,22,0,0,0,0,5},
{37068,671,16,0,0,0,0,4},{5672,675,17,0,0,0,0,4},{101,265,14,0,0,0,0,1},{37197,100,20,0,0,0,0,4},
{37208,100,21,0,0,0,0,4},{178,265,15,0,0,0,0,13},{37220,17,19,0,0,0,0,4},
/* SubstanceNucleicAcid.subunit.linkage */
{10,675,23,0,0,0,0,2},{20,675,28,0,0,0,0,4},{101,265,24,0,0,0,0,1},{123,284,27,0,0,0,0,4},
{37278,675,29,0,0,0,0,4},{37291,675,26,0,0,0,0,4},{178,265,25,0,0,0,0,13},
/* SubstanceNucleicAcid.subunit.sugar */
{10,675,31,0,0,0,0,2},{20,675,35,0,0,0,0,4},{101,265,32,0,0,0,0,1},{123,284,34,0,0,0,0,4},
{37278,675,36,0,0,0,0,4},{178,265,33,0,0,0,0,13},
/* SubstancePolymer */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{8762,100,8,0,0,0,0,4},
{37359,567,25,0,0,0,0,5},{37367,100,9,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{37377,565,12,0,0,0,0,5},{37389,675,11,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},{37403,100,10,0,0,0,0,5},
/* SubstancePolymer.monomerSet */
{10,675,13,0,0,0,0,2},{101,265,14,0,0,0,0,1},{37455,100,16,0,0,0,0,4},{37466,566,17,0,0,0,0,5},
{178,265,15,0,0,0,0,13},
/* SubstancePolymer.monomerSet.startingMaterial */
{10,675,18,0,0,0,0,2},{32,100,22,0,0,0,0,4},{5419,558,24,0,0,0,0,4},{11489,100,21,0,0,0,0,4},
{101,265,19,0,0,0,0,1},{37530,663,23,0,0,0,0,4},{178,265,20,0,0,0,0,13},
/* SubstancePolymer.repeat */
{10,675,26,0,0,0,0,2},{101,265,27,0,0,0,0,1},{37567,568,32,0,0,0,0,5},{37579,671,29,0,0,0,0,4},
{178,265,28,0,0,0,0,13},{37594,100,31,0,0,0,0,4},{37616,675,30,0,0,0,0,4},
/* SubstancePolymer.repeat.repeatUnit */
{10,675,33,0,0,0,0,2},{5419,558,38,0,0,0,0,4},{101,265,34,0,0,0,0,1},{37567,675,37,0,0,0,0,4},
{178,265,35,0,0,0,0,13},{37677,569,39,0,0,0,0,5},{37701,570,45,0,0,0,0,5},{37727,100,36,0,0,0,0,4},
/* SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation */
{10,675,40,0,0,0,0,2},{5419,558,44,0,0,0,0,4},{37815,100,43,0,0,0,0,4},{101,265,41,0,0,0,0,1},
{178,265,42,0,0,0,0,13},
/* SubstancePolymer.repeat.repeatUnit.structuralRepresentation */
{10,675,46,0,0,0,0,2},{32,100,49,0,0,0,0,4},{101,265,47,0,0,0,0,1},{12452,17,51,0,0,0,0,4},
{14448,675,50,0,0,0,0,4},{178,265,48,0,0,0,0,13},
/* SubstanceProtein */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{37068,572,11,0,0,0,0,5},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{37077,100,8,0,0,0,0,4},{148,678,2,0,0,0,0,12},
{37902,675,10,0,0,0,0,5},{37091,671,9,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* SubstanceProtein.subunit */
{10,675,12,0,0,0,0,2},{17564,671,17,0,0,0,0,4},{37068,671,15,0,0,0,0,4},{5672,675,16,0,0,0,0,4},
{101,265,13,0,0,0,0,1},{178,265,14,0,0,0,0,13},{37220,17,18,0,0,0,0,4},{37946,675,22,0,0,0,0,4},
{37969,675,20,0,0,0,0,4},{37992,284,21,0,0,0,0,4},{38017,284,19,0,0,0,0,4},
/* SubstanceReferenceInformation */
{10,669,0,0,0,0,0,4},{38073,575,9,0,0,0,0,5},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{8237,577,31,0,0,0,0,5},{1772,675,8,0,0,0,0,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{38079,576,16,0,0,0,0,5},{148,678,2,0,0,0,0,12},{4742,574,23,0,0,0,0,5},
{178,265,7,0,0,0,0,9},
/* SubstanceReferenceInformation.classification */
{10,675,24,0,0,0,0,2},{8974,100,27,0,0,0,0,4},{2173,499,30,0,48,0,0,5},{2181,100,29,0,0,0,0,5},
{101,265,25,0,0,0,0,1},{4742,100,28,0,0,0,0,4},{178,265,26,0,0,0,0,13},
/* SubstanceReferenceInformation.gene */
{10,675,10,0,0,0,0,2},{38073,100,14,0,0,0,0,4},{2173,499,15,0,48,0,0,5},{101,265,11,0,0,0,0,1},
{178,265,12,0,0,0,0,13},{38174,100,13,0,0,0,0,4},
/* SubstanceReferenceInformation.geneElement */
{10,675,17,0,0,0,0,2},{32,100,20,0,0,0,0,4},{2173,499,22,0,48,0,0,5},{8245,284,21,0,0,0,0,4},
{101,265,18,0,0,0,0,1},{178,265,19,0,0,0,0,13},
/* SubstanceReferenceInformation.target */
{10,675,32,0,0,0,0,2},{32,100,36,0,0,0,0,4},{2173,499,42,0,48,0,0,5},{8237,284,35,0,0,0,0,4},
{38275,100,38,0,0,0,0,4},{101,265,33,0,0,0,0,1},{36938,100,41,0,0,0,0,4},{36950,497,40,0,0,1,0,4},
{3776,100,37,0,0,0,0,4},{36963,675,40,0,0,1,0,4},{38285,100,39,0,0,0,0,4},{36977,488,40,0,0,1,0,4},
{178,265,34,0,0,0,0,13},
/* SubstanceSourceMaterial */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{80,665,3,0,0,0,0,0},{38275,580,24,0,0,0,0,4},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{38324,284,11,0,0,0,0,4},{38336,675,12,0,0,0,0,4},
{148,678,2,0,0,0,0,12},{38350,100,15,0,0,0,0,5},{38367,584,56,0,0,0,0,5},{38384,100,17,0,0,0,0,4},
{178,265,7,0,0,0,0,9},{38402,284,13,0,0,0,0,5},{38421,100,9,0,0,0,0,4},{38441,579,18,0,0,0,0,5},
{38462,675,14,0,0,0,0,5},{38483,100,8,0,0,0,0,4},{38504,100,10,0,0,0,0,4},{38525,675,16,0,0,0,0,5},
/* SubstanceSourceMaterial.fractionDescription */
{10,675,19,0,0,0,0,2},{38592,675,22,0,0,0,0,4},{101,265,20,0,0,0,0,1},{38602,100,23,0,0,0,0,4},
{178,265,21,0,0,0,0,13},
/* SubstanceSourceMaterial.organism */
{10,675,25,0,0,0,0,2},{38650,100,29,0,0,0,0,4},{331,581,33,0,0,0,0,5},{21183,100,28,0,0,0,0,4},
{38657,582,39,0,0,0,0,4},{27143,100,30,0,0,0,0,4},{101,265,26,0,0,0,0,1},{38665,583,48,0,0,0,0,4},
{38682,100,31,0,0,0,0,4},{178,265,27,0,0,0,0,13},{38701,675,32,0,0,0,0,4},
/* SubstanceSourceMaterial.organism.author */
{10,675,34,0,0,0,0,2},{101,265,35,0,0,0,0,1},{38768,100,37,0,0,0,0,4},{38780,675,38,0,0,0,0,4},
{178,265,36,0,0,0,0,13},
/* SubstanceSourceMaterial.organism.hybrid */
{10,675,40,0,0,0,0,2},{101,265,41,0,0,0,0,1},{38840,100,47,0,0,0,0,4},{178,265,42,0,0,0,0,13},
{38852,675,43,0,0,0,0,4},{38872,675,45,0,0,0,0,4},{38892,675,44,0,0,0,0,4},{38914,675,46,0,0,0,0,4},
/* SubstanceSourceMaterial.organism.organismGeneral */
{10,675,49,0,0,0,0,2},{8762,100,54,0,0,0,0,4},{9950,100,55,0,0,0,0,4},{38986,100,53,0,0,0,0,4},
{38994,100,52,0,0,0,0,4},{101,265,50,0,0,0,0,1},{178,265,51,0,0,0,0,13},
/* SubstanceSourceMaterial.partDescription */
{10,675,57,0,0,0,0,2},{27100,100,60,0,0,0,0,4},{101,265,58,0,0,0,0,1},{39044,100,61,0,0,0,0,4},
{178,265,59,0,0,0,0,13},
/* SubstanceSpecification */
{10,669,0,0,0,0,0,4},{292,586,68,0,0,0,0,5},{14,415,1,0,0,0,0,4},{20,588,77,0,0,0,0,5},{26,428,4,0,0,0,0,0},
{32,100,9,0,0,0,0,4},{8974,100,11,0,0,0,0,4},{39082,587,15,0,0,0,0,5},{2173,499,13,0,48,0,0,5},
{53,100,10,0,0,0,0,4},{1772,675,14,0,0,0,0,4},{39090,499,111,0,663,0,0,4},{39099,499,112,0,665,0,0,4},
{80,665,3,0,0,0,0,0},{7248,590,26,0,0,0,0,5},{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},
{36427,592,36,0,0,0,0,4},{123,284,8,0,0,0,0,4},{135,675,12,0,0,0,0,4},{39108,499,110,0,667,0,0,4},
{6252,591,99,0,0,0,0,5},{148,678,2,0,0,0,0,12},{39121,499,113,0,669,0,0,4},{39137,594,98,0,0,0,0,5},
{178,265,7,0,0,0,0,9},{39154,499,35,0,671,0,0,4},
/* SubstanceSpecification.code */
{10,675,69,0,0,0,0,2},{292,100,72,0,0,0,0,4},{2173,499,76,0,48,0,0,5},{53,100,73,0,0,0,0,4},
{1772,675,75,0,0,0,0,4},{101,265,70,0,0,0,0,1},{20203,667,74,0,0,0,0,4},{178,265,71,0,0,0,0,13},
/* SubstanceSpecification.moiety */
{10,675,16,0,0,0,0,2},{20,675,21,0,0,0,0,4},{972,100,19,0,0,0,0,4},{101,265,17,0,0,0,0,1},
{123,284,20,0,0,0,0,4},{36963,675,25,0,0,1,0,4},{36977,488,25,0,0,1,0,4},{39236,100,23,0,0,0,0,4},
{39253,100,22,0,0,0,0,4},{39270,675,24,0,0,0,0,4},{178,265,18,0,0,0,0,13},
/* SubstanceSpecification.name */
{10,675,78,0,0,0,0,2},{20,675,81,0,0,0,1,4},{32,100,82,0,0,0,0,4},{8974,100,86,0,0,0,0,5},
{2173,499,97,0,48,0,0,5},{53,100,83,0,0,0,0,4},{24927,588,88,0,0,0,0,5},{80,100,85,0,0,0,0,5},
{39317,589,90,0,0,0,0,5},{101,265,79,0,0,0,0,1},{30287,663,84,0,0,0,0,4},{39327,588,89,0,0,0,0,5},
{606,100,87,0,0,0,0,5},{178,265,80,0,0,0,0,13},
/* SubstanceSpecification.name.official */
{10,675,91,0,0,0,0,2},{298,667,96,0,0,0,0,4},{53,100,95,0,0,0,0,4},{8732,100,94,0,0,0,0,4},
{101,265,92,0,0,0,0,1},{178,265,93,0,0,0,0,13},
/* SubstanceSpecification.property */
{10,675,27,0,0,0,0,2},{292,100,31,0,0,0,0,4},{1079,100,30,0,0,0,0,4},{101,265,28,0,0,0,0,1},
{39411,675,32,0,0,0,0,4},{36963,675,34,0,0,2,0,4},{36977,488,34,0,0,2,0,4},{178,265,29,0,0,0,0,13},
{39423,499,33,0,673,1,0,4},{39451,100,33,0,0,1,0,4},
/* SubstanceSpecification.relationship */
{10,675,100,0,0,0,0,2},{2173,499,109,0,48,0,0,5},{101,265,101,0,0,0,0,1},{36938,100,108,0,0,0,0,4},
{37530,663,105,0,0,0,0,4},{36950,497,106,0,0,2,0,4},{39522,498,106,0,0,2,0,4},{36963,675,106,0,0,2,0,4},
{6252,100,104,0,0,0,0,4},{36977,488,106,0,0,2,0,4},{178,265,102,0,0,0,0,13},{36835,499,103,0,676,1,0,4},
{39535,498,107,0,0,0,0,4},{36855,100,103,0,0,1,0,4},
/* SubstanceSpecification.structure */
{10,675,37,0,0,0,0,2},{2173,499,60,0,48,0,0,5},{39590,593,44,0,0,0,0,5},{101,265,38,0,0,0,0,1},
{14448,595,61,0,0,0,0,5},{39137,594,59,0,0,0,0,4},{39236,100,41,0,0,0,0,4},{39253,100,40,0,0,0,0,4},
{39270,675,42,0,0,0,0,4},{178,265,39,0,0,0,0,13},{39599,675,43,0,0,0,0,4},
/* SubstanceSpecification.structure.isotope */
{10,675,45,0,0,0,0,2},{20,100,49,0,0,0,0,4},{39667,488,51,0,0,0,0,4},{101,265,46,0,0,0,0,1},
{123,284,48,0,0,0,0,4},{24654,100,50,0,0,0,0,4},{39137,594,52,0,0,0,0,4},{178,265,47,0,0,0,0,13},
/* SubstanceSpecification.structure.isotope.molecularWeight */
{10,675,53,0,0,0,0,2},{32,100,57,0,0,0,0,4},{5419,488,58,0,0,0,0,4},{1345,100,56,0,0,0,0,4},
{101,265,54,0,0,0,0,1},{178,265,55,0,0,0,0,13},
/* SubstanceSpecification.structure.representation */
{10,675,62,0,0,0,0,2},{32,100,65,0,0,0,0,4},{101,265,63,0,0,0,0,1},{12452,17,67,0,0,0,0,4},
{14448,675,66,0,0,0,0,4},{178,265,64,0,0,0,0,13},
/* SupplyDelivery */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{32,100,13,202,0,0,0,0},
{45,499,10,0,678,0,0,5},{53,665,11,201,0,0,0,12},{1763,499,9,0,681,0,0,5},{1449,499,12,0,72,0,0,0},
{80,665,3,0,0,0,0,0},{19066,499,23,0,69,0,0,1},{39800,499,21,0,198,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{17743,499,22,0,19,0,0,0},{39810,597,14,0,0,0,0,0},
{148,678,2,0,0,0,0,12},{5055,463,20,0,0,1,0,4},{5073,642,20,0,0,1,0,4},{178,265,7,0,0,0,0,9},
{5091,667,20,0,0,1,0,4},
/* SupplyDelivery.suppliedItem */
{10,675,15,0,0,0,0,2},{438,488,18,0,0,0,0,0},{101,265,16,0,0,0,0,1},{7133,499,19,0,194,1,0,0},
{178,265,17,0,0,0,0,13},{7148,100,19,0,0,1,0,0},
/* SupplyRequest */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,203,0,0,0,12},
{1079,100,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},{215,665,11,5,0,0,0,4},{438,488,13,0,0,0,1,4},
{39800,499,23,0,683,0,0,5},{90,514,5,0,0,0,0,1},{39868,499,27,0,686,0,0,0},{101,265,6,0,0,0,0,1},
{11993,599,14,0,0,0,0,1},{7801,499,22,0,98,0,0,4},{7812,667,21,0,0,0,0,4},{123,284,8,0,0,0,0,5},
{1801,100,24,0,0,0,0,1},{39879,499,26,0,321,0,0,0},{148,678,2,0,0,0,0,12},{7133,499,12,0,194,1,1,4},
{1860,499,25,0,154,0,0,1},{5055,463,20,0,0,2,0,4},{5073,642,20,0,0,2,0,4},{178,265,7,0,0,0,0,9},
{5091,667,20,0,0,2,0,4},{7148,100,12,0,0,1,1,4},
/* SupplyRequest.parameter */
{10,675,15,0,0,0,0,2},{292,100,18,0,0,0,0,0},{101,265,16,0,0,0,0,1},{12079,497,19,0,0,1,0,0},
{6300,663,19,0,0,1,0,0},{6314,488,19,0,0,1,0,0},{178,265,17,0,0,0,0,13},{12091,100,19,0,0,1,0,0},
/* Task */
{10,669,0,0,0,0,0,4},{39923,499,22,0,0,0,0,4},{292,100,19,0,0,0,0,4},{14,415,1,0,0,0,0,4},
{1443,13,34,0,0,0,0,1},{26,428,4,0,0,0,0,0},{8113,499,21,0,0,0,0,4},{32368,601,43,0,0,0,0,1},
{38,499,29,0,145,0,0,4},{355,665,17,205,0,0,1,4},{32383,602,49,0,0,0,0,1},{45,499,13,0,621,0,0,5},
{53,665,14,204,0,0,1,12},{1763,499,11,0,0,0,0,5},{80,665,3,0,0,0,0,0},{428,499,30,0,19,0,0,4},
{215,665,18,5,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,23,0,42,0,0,4},{101,265,6,0,0,0,0,1},
{5527,499,33,0,333,0,0,1},{7801,499,27,0,98,0,0,4},{7812,667,25,0,0,0,0,0},{123,284,8,0,0,0,0,1},
{1801,100,31,0,0,0,0,0},{135,675,20,0,0,0,0,4},{39928,603,36,0,0,0,0,0},{3217,667,26,0,0,0,0,4},
{4533,100,15,0,0,0,0,4},{148,678,2,0,0,0,0,12},{9423,100,28,0,0,0,0,1},{39941,100,16,0,0,0,0,4},
{39957,463,24,0,0,0,0,4},{7824,284,12,0,0,0,0,4},{4361,678,10,0,0,0,0,4},{1860,499,32,0,0,0,0,0},
{9061,499,35,0,283,0,0,1},{178,265,7,0,0,0,0,9},{4378,664,9,0,0,0,0,4},
/* Task.input */
{10,675,44,0,0,0,0,2},{32,100,47,0,0,0,1,0},{16868,669,48,0,0,1,1,0},{16877,10,48,0,0,1,1,0},
{16887,673,48,0,0,1,1,0},{9823,678,48,0,0,1,1,0},{16897,679,48,0,0,1,1,0},{101,265,45,0,0,0,0,1},
{7447,665,48,0,0,1,1,0},{9833,666,48,0,0,1,1,0},{16907,415,48,0,0,1,1,0},{9844,676,48,0,0,1,1,0},
{16918,680,48,0,0,1,1,0},{16929,147,48,0,0,1,1,0},{10125,425,48,0,0,1,1,0},{12079,497,48,0,0,1,1,0},
{16941,498,48,0,0,1,1,0},{7458,101,48,0,0,1,1,0},{16953,197,48,0,0,1,1,0},{10931,463,48,0,0,1,1,0},
{2435,675,48,0,0,1,1,0},{16966,642,48,0,0,1,1,0},{16979,6,48,0,0,1,1,0},{6300,663,48,0,0,1,1,0},
{7471,668,48,0,0,1,1,0},{16993,670,48,0,0,1,1,0},{7485,671,48,0,0,1,1,0},{7499,667,48,0,0,1,1,0},
{17007,189,48,0,0,1,1,0},{10944,199,48,0,0,1,1,0},{17022,672,48,0,0,1,1,0},{6314,488,48,0,0,1,1,0},
{17037,664,48,0,0,1,1,0},{17053,283,48,0,0,1,1,0},{6329,499,48,0,0,1,1,0},{17069,528,48,0,0,1,1,0},
{17085,13,48,0,0,1,1,0},{6345,17,48,0,0,1,1,0},{17102,264,48,0,0,1,1,0},{17119,284,48,0,0,1,1,0},
{17136,146,48,0,0,1,1,0},{17154,674,48,0,0,1,1,0},{17172,523,48,0,0,1,1,0},{17190,677,48,0,0,1,1,0},
{178,265,46,0,0,0,0,13},{2448,662,48,0,0,1,1,0},{17208,129,48,0,0,1,1,0},{17227,645,48,0,0,1,1,0},
{17246,128,48,0,0,1,1,0},{12091,100,48,0,0,1,1,0},{17266,162,48,0,0,1,1,0},{17288,500,48,0,0,1,1,0},
{17310,644,48,0,0,1,1,0},{17334,452,48,0,0,1,1,0},
/* Task.output */
{10,675,50,0,0,0,0,2},{32,100,53,0,0,0,1,0},{16868,669,54,0,0,1,1,0},{16877,10,54,0,0,1,1,0},
{16887,673,54,0,0,1,1,0},{9823,678,54,0,0,1,1,0},{16897,679,54,0,0,1,1,0},{101,265,51,0,0,0,0,1},
{7447,665,54,0,0,1,1,0},{9833,666,54,0,0,1,1,0},{16907,415,54,0,0,1,1,0},{9844,676,54,0,0,1,1,0},
{16918,680,54,0,0,1,1,0},{16929,147,54,0,0,1,1,0},{10125,425,54,0,0,1,1,0},{12079,497,54,0,0,1,1,0},
{16941,498,54,0,0,1,1,0},{7458,101,54,0,0,1,1,0},{16953,197,54,0,0,1,1,0},{10931,463,54,0,0,1,1,0},
{2435,675,54,0,0,1,1,0},{16966,642,54,0,0,1,1,0},{16979,6,54,0,0,1,1,0},{6300,663,54,0,0,1,1,0},
{7471,668,54,0,0,1,1,0},{16993,670,54,0,0,1,1,0},{7485,671,54,0,0,1,1,0},{7499,667,54,0,0,1,1,0},
{17007,189,54,0,0,1,1,0},{10944,199,54,0,0,1,1,0},{17022,672,54,0,0,1,1,0},{6314,488,54,0,0,1,1,0},
{17037,664,54,0,0,1,1,0},{17053,283,54,0,0,1,1,0},{6329,499,54,0,0,1,1,0},{17069,528,54,0,0,1,1,0},
{17085,13,54,0,0,1,1,0},{6345,17,54,0,0,1,1,0},{17102,264,54,0,0,1,1,0},{17119,284,54,0,0,1,1,0},
{17136,146,54,0,0,1,1,0},{17154,674,54,0,0,1,1,0},{17172,523,54,0,0,1,1,0},{17190,677,54,0,0,1,1,0},
{178,265,52,0,0,0,0,13},{2448,662,54,0,0,1,1,0},{17208,129,54,0,0,1,1,0},{17227,645,54,0,0,1,1,0},
{17246,128,54,0,0,1,1,0},{12091,100,54,0,0,1,1,0},{17266,162,54,0,0,1,1,0},{17288,500,54,0,0,1,1,0},
{17310,644,54,0,0,1,1,0},{17334,452,54,0,0,1,1,0},
/* Task.restriction */
{10,675,37,0,0,0,0,2},{259,463,41,0,0,0,0,0},{101,265,38,0,0,0,0,1},{7679,499,42,0,690,0,0,1},
{40017,674,40,0,0,0,0,0},{178,265,39,0,0,0,0,13},
/* TerminologyCapabilities */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,14,0,0,0,1,4},{304,665,22,31,0,0,1,4},
{14,415,1,0,0,0,0,4},{20,675,10,0,0,0,0,4},{26,428,4,0,0,0,0,0},{310,675,11,0,0,0,0,4},{53,665,12,2,0,0,1,12},
{40055,605,82,0,0,0,0,0},{363,128,16,0,0,0,0,5},{390,672,20,0,0,0,0,0},{399,675,9,0,0,0,0,4},
{80,665,3,0,0,0,0,0},{3342,612,23,0,0,0,0,4},{90,514,5,0,0,0,0,1},{468,672,21,0,0,0,0,4},
{40064,609,57,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,15,0,0,0,0,4},{40075,665,71,206,0,0,0,0},
{40087,606,36,0,0,0,0,1},{40099,663,35,0,0,0,0,4},{512,645,18,0,0,0,0,5},{135,672,17,0,0,0,0,0},
{39327,613,77,0,0,0,0,0},{592,663,13,0,0,0,0,4},{606,100,19,0,0,0,0,5},{40111,614,72,0,0,0,0,0},
{148,678,2,0,0,0,0,12},{3403,611,29,0,0,0,0,4},{178,265,7,0,0,0,0,9},
/* TerminologyCapabilities.closure */
{10,675,83,0,0,0,0,2},{101,265,84,0,0,0,0,1},{39327,663,86,0,0,0,0,0},{178,265,85,0,0,0,0,13},
/* TerminologyCapabilities.codeSystem */
{10,675,37,0,0,0,0,2},{7564,664,40,0,0,0,0,0},{399,607,41,0,0,0,0,1},{101,265,38,0,0,0,0,1},
{40194,663,56,0,0,0,0,0},{178,265,39,0,0,0,0,13},
/* TerminologyCapabilities.codeSystem.version */
{10,675,42,0,0,0,0,2},{292,675,45,0,0,0,0,4},{7222,608,49,0,0,0,0,1},{80,665,48,0,0,0,0,1},
{7248,665,55,0,0,0,0,1},{101,265,43,0,0,0,0,1},{40251,663,46,0,0,0,0,4},{7296,663,47,0,0,0,0,0},
{178,265,44,0,0,0,0,13},
/* TerminologyCapabilities.codeSystem.version.filter */
{10,675,50,0,0,0,0,2},{40313,665,54,0,0,0,1,1},{292,665,53,0,0,0,1,0},{101,265,51,0,0,0,0,1},
{178,265,52,0,0,0,0,13},
/* TerminologyCapabilities.expansion */
{10,675,58,0,0,0,0,2},{40352,663,62,0,0,0,0,0},{101,265,59,0,0,0,0,1},{11993,610,64,0,0,0,0,1},
{40360,663,63,0,0,0,0,0},{40372,672,70,0,0,0,0,0},{40384,663,61,0,0,0,0,0},{178,265,60,0,0,0,0,13},
/* TerminologyCapabilities.expansion.parameter */
{10,675,65,0,0,0,0,2},{20,665,68,0,0,0,1,0},{101,265,66,0,0,0,0,1},{3470,675,69,0,0,0,0,0},
{178,265,67,0,0,0,0,13},
/* TerminologyCapabilities.implementation */
{10,675,30,0,0,0,0,2},{287,679,34,0,0,0,0,4},{101,265,31,0,0,0,0,1},{135,675,33,0,0,0,1,4},
{178,265,32,0,0,0,0,13},
/* TerminologyCapabilities.software */
{10,675,24,0,0,0,0,2},{20,675,27,0,0,0,1,4},{399,675,28,0,0,0,0,4},{101,265,25,0,0,0,0,1},
{178,265,26,0,0,0,0,13},
/* TerminologyCapabilities.translation */
{10,675,78,0,0,0,0,2},{40554,663,81,0,0,0,1,0},{101,265,79,0,0,0,0,1},{178,265,80,0,0,0,0,13},
/* TerminologyCapabilities.validateCode */
{10,675,73,0,0,0,0,2},{101,265,74,0,0,0,0,1},{40602,663,76,0,0,0,1,0},{178,265,75,0,0,0,0,13},
/* TestReport */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,9,0,0,0,0,4},{40628,623,45,0,0,0,0,1},{26,428,4,0,0,0,0,0},
{3258,668,13,0,0,0,0,4},{40634,617,23,0,0,0,0,0},{8982,667,15,0,0,0,0,4},{12184,665,12,208,0,0,1,4},
{53,665,10,207,0,0,1,12},{40641,675,14,0,0,0,0,4},{80,665,3,0,0,0,0,0},{40649,621,57,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,4},{40659,499,11,0,697,0,1,4},
{524,616,16,0,0,0,0,1},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* TestReport.participant */
{10,675,17,0,0,0,0,2},{7564,678,21,0,0,0,1,0},{32,665,20,209,0,0,1,0},{7364,675,22,0,0,0,0,0},
{101,265,18,0,0,0,0,1},{178,265,19,0,0,0,0,13},
/* TestReport.setup */
{10,675,24,0,0,0,0,2},{2157,618,27,0,0,0,1,1},{101,265,25,0,0,0,0,1},{178,265,26,0,0,0,0,13},
/* TestReport.setup.action */
{10,675,28,0,0,0,0,2},{40738,619,38,0,0,0,0,0},{101,265,29,0,0,0,0,1},{3752,620,31,0,0,0,0,0},
{178,265,30,0,0,0,0,13},
/* TestReport.setup.action.assert */
{10,675,39,0,0,0,0,2},{2375,675,44,0,0,0,0,0},{12184,665,42,210,0,0,1,0},{29279,672,43,0,0,0,0,0},
{101,265,40,0,0,0,0,1},{178,265,41,0,0,0,0,13},
/* TestReport.setup.action.operation */
{10,675,32,0,0,0,0,2},{2375,678,37,0,0,0,0,0},{12184,665,35,210,0,0,1,0},{29279,672,36,0,0,0,0,0},
{101,265,33,0,0,0,0,1},{178,265,34,0,0,0,0,13},
/* TestReport.teardown */
{10,675,58,0,0,0,0,2},{2157,622,61,0,0,0,1,1},{101,265,59,0,0,0,0,1},{178,265,60,0,0,0,0,13},
/* TestReport.teardown.action */
{10,675,62,0,0,0,0,2},{101,265,63,0,0,0,0,1},{3752,620,65,0,0,0,1,0},{178,265,64,0,0,0,0,13},
/* TestReport.test */
{10,675,46,0,0,0,0,2},{20,675,49,0,0,0,0,0},{2157,624,51,0,0,0,1,1},{101,265,47,0,0,0,0,1},
{135,675,50,0,0,0,0,0},{178,265,48,0,0,0,0,13},
/* TestReport.test.action */
{10,675,52,0,0,0,0,2},{40738,619,56,0,0,0,0,0},{101,265,53,0,0,0,0,1},{3752,620,55,0,0,0,0,0},
{178,265,54,0,0,0,0,13},
/* TestScript */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,1,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,1,4},
{40628,639,136,0,0,0,0,1},{26,428,4,0,0,0,0,0},{40634,632,76,0,0,0,0,0},{310,675,12,0,0,0,0,4},
{17722,631,23,0,0,0,0,1},{53,665,13,2,0,0,1,12},{363,128,17,0,0,0,0,5},{40915,627,56,0,0,0,0,1},
{381,499,63,0,0,0,0,1},{390,672,21,0,0,0,0,0},{399,675,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{40924,628,35,0,0,0,0,0},{40649,637,148,0,0,0,0,0},{36563,641,64,0,0,0,0,1},{90,514,5,0,0,0,0,1},
{468,672,22,0,0,0,0,0},{101,265,6,0,0,0,0,1},{479,675,16,0,0,0,0,4},{123,284,9,0,0,0,0,4},
{512,645,19,0,0,0,0,5},{135,672,18,0,0,0,0,0},{17743,626,29,0,0,0,0,1},{592,663,14,0,0,0,0,4},
{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},{178,265,7,0,0,0,0,9},
/* TestScript.destination */
{10,675,30,0,0,0,0,2},{40958,671,33,0,0,0,1,0},{381,101,34,291,0,0,1,16},{101,265,31,0,0,0,0,1},
{178,265,32,0,0,0,0,13},
/* TestScript.fixture */
{10,675,57,0,0,0,0,2},{3094,499,62,0,0,0,0,0},{101,265,58,0,0,0,0,1},{40985,663,60,0,0,0,1,0},
{40997,663,61,0,0,0,1,0},{178,265,59,0,0,0,0,13},
/* TestScript.metadata */
{10,675,36,0,0,0,0,2},{3021,630,39,0,0,0,0,1},{101,265,37,0,0,0,0,1},{11499,629,45,0,0,0,1,1},
{178,265,38,0,0,0,0,13},
/* TestScript.metadata.capability */
{10,675,46,0,0,0,0,2},{3021,678,54,0,0,0,0,1},{17722,671,52,0,0,0,0,1},{2005,663,49,0,0,0,1,0},
{101,265,47,0,0,0,0,1},{41062,663,50,0,0,0,1,0},{135,675,51,0,0,0,0,0},{17743,671,53,0,0,0,0,0},
{41073,664,55,0,0,0,1,0},{178,265,48,0,0,0,0,13},
/* TestScript.metadata.link */
{10,675,40,0,0,0,0,2},{287,678,43,0,0,0,1,0},{101,265,41,0,0,0,0,1},{135,675,44,0,0,0,0,0},
{178,265,42,0,0,0,0,13},
/* TestScript.origin */
{10,675,24,0,0,0,0,2},{40958,671,27,0,0,0,1,0},{381,101,28,290,0,0,1,16},{101,265,25,0,0,0,0,1},
{178,265,26,0,0,0,0,13},
/* TestScript.setup */
{10,675,77,0,0,0,0,2},{2157,633,80,0,0,0,1,1},{101,265,78,0,0,0,0,1},{178,265,79,0,0,0,0,13},
/* TestScript.setup.action */
{10,675,81,0,0,0,0,2},{40738,634,110,0,0,0,0,0},{101,265,82,0,0,0,0,1},{3752,635,84,0,0,0,0,0},
{178,265,83,0,0,0,0,13},
/* TestScript.setup.action.assert */
{10,675,111,0,0,0,0,2},{922,675,126,0,0,0,0,0},{13480,675,114,0,0,0,0,0},{1396,675,134,0,0,0,0,0},
{7533,665,125,214,0,0,0,0},{3094,665,129,211,0,0,0,0},{3104,665,130,215,0,0,0,0},{31692,669,132,0,0,0,0,0},
{10981,665,116,213,0,0,0,0},{101,265,112,0,0,0,0,1},{41207,675,123,0,0,0,0,0},{928,675,121,0,0,0,0,0},
{41218,675,128,0,0,0,0,0},{2125,665,120,0,0,0,0,0},{135,675,115,0,0,0,0,0},{41230,675,122,0,0,0,0,0},
{41243,663,135,0,0,0,1,0},{41256,675,131,0,0,0,0,0},{41270,665,127,212,0,0,0,0},{41285,663,124,0,0,0,0,0},
{41302,675,117,0,0,0,0,0},{178,265,113,0,0,0,0,13},{41321,669,133,0,0,0,0,0},{41340,675,119,0,0,0,0,0},
{41361,675,118,0,0,0,0,0},
/* TestScript.setup.action.operation */
{10,675,85,0,0,0,0,2},{287,675,109,0,0,0,0,0},{32,101,88,292,0,0,0,16},{13480,675,90,0,0,0,0,0},
{41423,665,92,0,0,0,0,0},{1345,665,96,212,0,0,0,0},{17722,671,97,0,0,0,0,0},{20520,675,98,0,0,0,0,0},
{3094,665,89,211,0,0,0,0},{31692,669,107,0,0,0,0,0},{41431,669,108,0,0,0,0,0},{101,265,86,0,0,0,0,1},
{41441,669,105,0,0,0,0,0},{41452,669,106,0,0,0,0,0},{2125,665,93,0,0,0,0,0},{135,675,91,0,0,0,0,0},
{17743,671,94,0,0,0,0,0},{41464,636,99,0,0,0,0,1},{41479,663,95,0,0,0,1,0},{178,265,87,0,0,0,0,13},
/* TestScript.setup.action.operation.requestHeader */
{10,675,100,0,0,0,0,2},{41546,675,103,0,0,0,1,0},{1396,675,104,0,0,0,1,0},{101,265,101,0,0,0,0,1},
{178,265,102,0,0,0,0,13},
/* TestScript.teardown */
{10,675,149,0,0,0,0,2},{2157,638,152,0,0,0,1,1},{101,265,150,0,0,0,0,1},{178,265,151,0,0,0,0,13},
/* TestScript.teardown.action */
{10,675,153,0,0,0,0,2},{101,265,154,0,0,0,0,1},{3752,635,156,0,0,0,1,0},{178,265,155,0,0,0,0,13},
/* TestScript.test */
{10,675,137,0,0,0,0,2},{20,675,140,0,0,0,0,0},{2157,640,142,0,0,0,1,1},{101,265,138,0,0,0,0,1},
{135,675,141,0,0,0,0,0},{178,265,139,0,0,0,0,13},
/* TestScript.test.action */
{10,675,143,0,0,0,0,2},{40738,634,147,0,0,0,0,0},{101,265,144,0,0,0,0,1},{3752,635,146,0,0,0,0,0},
{178,265,145,0,0,0,0,13},
/* TestScript.variable */
{10,675,65,0,0,0,0,2},{41664,675,73,0,0,0,0,0},{20,675,68,0,0,0,1,0},{922,675,74,0,0,0,0,0},
{31692,669,75,0,0,0,0,0},{101,265,66,0,0,0,0,1},{928,675,71,0,0,0,0,0},{135,675,70,0,0,0,0,0},
{41230,675,72,0,0,0,0,0},{41670,675,69,0,0,0,0,0},{178,265,67,0,0,0,0,13},
/* Timing */
{10,675,0,0,0,0,0,2},{292,100,22,0,0,0,0,4},{1056,667,3,0,0,0,0,5},{37359,643,4,0,0,0,0,4},
{101,265,1,0,0,0,0,1},{178,265,2,0,0,0,0,13},
/* Timing.repeat */
{10,675,5,0,0,0,0,2},{35466,665,20,217,0,0,0,5},{7215,674,8,0,0,0,0,4},{41707,677,21,0,0,0,0,4},
{259,668,15,0,0,0,0,4},{41715,674,9,0,0,0,0,4},{2929,668,10,0,0,0,0,4},{41725,665,18,120,0,0,0,5},
{101,265,6,0,0,0,0,1},{41736,674,13,0,0,0,0,4},{41747,668,16,0,0,0,0,4},{41758,676,19,0,0,0,0,5},
{41769,665,17,216,0,0,0,4},{41781,497,7,0,0,1,0,4},{41794,668,11,0,0,0,0,4},{41807,463,7,0,0,1,0,4},
{41821,665,12,216,0,0,0,4},{41835,674,14,0,0,0,0,4},{41849,199,7,0,0,1,0,4},
/* TriggerDefinition */
{10,675,0,0,0,0,0,2},{2097,162,5,0,0,0,0,5},{20,675,3,0,0,0,0,4},{32,665,2,218,0,0,1,4},
{9552,264,6,0,0,0,0,4},{101,265,1,0,0,0,0,1},{6288,666,4,0,0,1,0,4},{634,642,4,0,0,1,0,4},
{664,667,4,0,0,1,0,4},{41884,499,4,0,655,1,0,4},
/* UsageContext */
{10,675,0,0,0,0,0,2},{292,101,2,293,0,0,1,20},{101,265,1,0,0,0,0,1},{12079,497,3,0,0,1,1,4},
{6314,488,3,0,0,1,1,4},{6329,499,3,0,699,1,1,4},{12091,100,3,0,0,1,1,4},
/* ValueSet */
{10,669,0,0,0,0,0,4},{287,678,8,0,0,0,0,4},{298,667,15,0,0,0,0,4},{14,415,1,0,0,0,0,4},{20,675,11,0,0,0,0,4},
{26,428,4,0,0,0,0,0},{310,675,12,0,0,0,0,4},{53,665,13,2,0,0,1,12},{41925,647,24,0,0,0,0,0},
{363,128,17,0,0,0,0,5},{390,672,22,0,0,0,0,0},{399,675,10,0,0,0,0,4},{80,665,3,0,0,0,0,0},
{90,514,5,0,0,0,0,1},{468,672,23,0,0,0,0,0},{40064,652,58,0,0,0,0,0},{101,265,6,0,0,0,0,1},
{41934,663,21,0,0,0,0,4},{479,675,16,0,0,0,0,4},{123,284,9,0,0,0,0,5},{512,645,19,0,0,0,0,5},
{135,672,18,0,0,0,0,0},{592,663,14,0,0,0,0,4},{606,100,20,0,0,0,0,5},{148,678,2,0,0,0,0,12},
{178,265,7,0,0,0,0,9},
/* ValueSet.compose */
{10,675,25,0,0,0,0,2},{18350,648,57,0,0,0,0,1},{41963,648,30,0,0,0,1,5},{20636,663,29,0,0,0,0,4},
{101,265,26,0,0,0,0,1},{40099,666,28,0,0,0,0,4},{178,265,27,0,0,0,0,13},
/* ValueSet.compose.include */
{10,675,31,0,0,0,0,2},{7222,651,49,0,0,0,0,5},{1403,678,34,0,0,0,0,4},{7230,649,36,0,0,0,0,1},
{399,675,35,0,0,0,0,4},{7258,664,56,0,0,0,0,5},{101,265,32,0,0,0,0,1},{178,265,33,0,0,0,0,13},
/* ValueSet.compose.include.concept */
{10,675,37,0,0,0,0,2},{292,665,40,0,0,0,1,0},{7364,675,41,0,0,0,0,0},{101,265,38,0,0,0,0,1},
{7373,650,42,0,0,0,0,1},{178,265,39,0,0,0,0,13},
/* ValueSet.compose.include.concept.designation */
{10,675,43,0,0,0,0,2},{987,101,47,0,0,0,0,0},{1396,675,48,0,0,0,1,0},{80,665,46,0,0,0,0,0},
{101,265,44,0,0,0,0,1},{178,265,45,0,0,0,0,13},
/* ValueSet.compose.include.filter */
{10,675,50,0,0,0,0,2},{40313,665,54,59,0,0,1,4},{1396,675,55,0,0,0,1,4},{7248,665,53,0,0,0,1,4},
{101,265,51,0,0,0,0,1},{178,265,52,0,0,0,0,13},
/* ValueSet.expansion */
{10,675,59,0,0,0,0,2},{3034,671,64,0,0,0,0,0},{41707,671,65,0,0,0,0,0},{42131,653,72,0,0,0,0,1},
{101,265,60,0,0,0,0,1},{11993,654,66,0,0,0,0,1},{3052,667,63,0,0,0,1,0},{123,678,62,0,0,0,0,0},
{178,265,61,0,0,0,0,13},
/* ValueSet.expansion.contains */
{10,675,73,0,0,0,0,2},{292,665,80,0,0,0,0,0},{1403,678,76,0,0,0,0,0},{7364,675,81,0,0,0,0,0},
{399,675,79,0,0,0,0,0},{36203,663,77,0,0,0,0,0},{42131,653,83,0,0,0,0,1},{20636,663,78,0,0,0,0,0},
{101,265,74,0,0,0,0,1},{7373,650,82,0,0,0,0,1},{178,265,75,0,0,0,0,13},
/* ValueSet.expansion.parameter */
{10,675,67,0,0,0,0,2},{20,675,70,0,0,0,1,0},{9823,678,71,0,0,1,0,0},{101,265,68,0,0,0,0,1},
{7447,665,71,0,0,1,0,0},{2435,675,71,0,0,1,0,0},{6300,663,71,0,0,1,0,0},{7471,668,71,0,0,1,0,0},
{7485,671,71,0,0,1,0,0},{7499,667,71,0,0,1,0,0},{178,265,69,0,0,0,0,13},
/* VerificationResult */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{42220,100,10,0,0,0,0,4},{26,428,4,0,0,0,0,0},
{53,665,11,219,0,0,1,4},{8237,499,8,0,0,0,0,5},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},
{101,265,6,0,0,0,0,1},{41736,642,15,0,0,0,0,0},{42226,658,42,0,0,0,0,1},{20203,667,12,0,0,0,0,4},
{42237,656,30,0,0,0,0,0},{42250,100,18,0,0,0,0,4},{148,678,2,0,0,0,0,12},{42265,667,16,0,0,0,0,0},
{42280,666,17,0,0,0,0,0},{21532,657,19,0,0,0,0,1},{42295,675,9,0,0,0,0,5},{42311,100,13,0,0,0,0,4},
{178,265,7,0,0,0,0,9},{42327,100,14,0,0,0,0,5},
/* VerificationResult.attestation */
{10,675,31,0,0,0,0,2},{2247,499,34,0,198,0,0,4},{298,666,37,0,0,0,0,4},{101,265,32,0,0,0,0,1},
{4669,499,35,0,198,0,0,4},{42378,528,40,0,0,0,0,0},{42394,528,41,0,0,0,0,0},{178,265,33,0,0,0,0,13},
{42411,100,36,0,0,0,0,4},{42432,675,39,0,0,0,0,0},{42458,675,38,0,0,0,0,0},
/* VerificationResult.primarySource */
{10,675,20,0,0,0,0,2},{2247,499,23,0,198,0,0,0},{32,100,24,0,0,0,0,5},{101,265,21,0,0,0,0,1},
{42519,100,28,0,0,0,0,4},{42535,667,27,0,0,0,0,0},{42551,100,26,0,0,0,0,0},{178,265,22,0,0,0,0,13},
{42569,100,29,0,0,0,0,1},{42411,100,25,0,0,0,0,5},
/* VerificationResult.validator */
{10,675,43,0,0,0,0,2},{101,265,44,0,0,0,0,1},{8653,499,46,0,1,0,1,0},{178,265,45,0,0,0,0,13},
{42618,675,47,0,0,0,0,0},{42639,528,48,0,0,0,0,0},
/* VisionPrescription */
{10,669,0,0,0,0,0,4},{14,415,1,0,0,0,0,4},{26,428,4,0,0,0,0,0},{53,665,9,52,0,0,1,12},{1781,667,10,0,0,0,1,4},
{1449,499,11,0,72,0,1,4},{80,665,3,0,0,0,0,0},{90,514,5,0,0,0,0,1},{1130,499,12,0,42,0,0,0},
{101,265,6,0,0,0,0,1},{123,284,8,0,0,0,0,1},{42681,499,14,0,69,0,1,4},{42693,667,13,0,0,0,1,4},
{148,678,2,0,0,0,0,12},{42706,660,15,0,0,0,1,5},{178,265,7,0,0,0,0,9},
/* VisionPrescription.lensSpecification */
{10,675,16,0,0,0,0,2},{42763,668,30,0,0,0,0,0},{42768,665,20,220,0,0,1,4},{42773,671,23,0,0,0,0,0},
{1443,13,37,0,0,0,0,1},{42779,675,36,0,0,0,0,0},{11894,675,35,0,0,0,0,0},{42786,668,31,0,0,0,0,0},
{42793,661,24,0,0,0,0,1},{42800,668,21,0,0,0,0,0},{8353,100,19,0,0,0,1,4},{42808,668,22,0,0,0,0,0},
{42818,668,33,0,0,0,0,0},{2929,488,34,0,0,0,0,0},{42828,668,32,0,0,0,0,0},{101,265,17,0,0,0,0,1},
{178,265,18,0,0,0,0,13},
/* VisionPrescription.lensSpecification.prism */
{10,675,25,0,0,0,0,2},{13474,665,29,221,0,0,1,0},{5419,668,28,0,0,0,1,0},{101,265,26,0,0,0,0,1},
{178,265,27,0,0,0,0,13},
};

const uint16_t fhir_target_lists[] = {
0,450,0,1,0,170,280,330,450,456,476,478,0,149,0,450,456,502,0,330,0,348,556,0,276,0,535,0,440,0,511,0,276,456,
476,502,0,456,476,478,502,0,218,0,170,476,478,0,193,0,120,0,12,120,193,267,290,347,437,481,0,170,290,348,351,
378,481,556,0,476,478,0,456,0,450,456,476,502,0,530,0,528,0,120,296,437,481,0,170,280,330,456,476,478,502,0,
15,0,170,450,456,476,478,502,0,450,456,476,478,502,0,28,0,450,456,0,556,0,270,0,57,170,450,456,476,478,502,0,
54,0,276,456,0,57,0,15,105,185,374,430,504,528,601,660,0,57,170,280,450,456,476,478,502,0,120,188,193,437,0,
57,450,456,476,478,502,0,4,27,170,280,348,440,450,467,476,478,535,0,59,0,61,0,218,228,0,188,286,290,351,354,
437,481,597,0,170,348,556,0,450,476,478,0,185,374,660,0,79,0,170,0,481,0,67,0,105,0,12,120,0,92,0,516,0,120,
347,437,0,188,267,286,347,437,495,516,0,170,280,450,456,476,478,502,0,57,170,276,280,450,456,476,478,502,0,
103,0,109,0,92,188,437,0,123,131,193,495,0,57,170,276,450,456,476,478,502,0,456,502,0,450,456,476,478,0,486,0,
131,0,109,131,193,495,0,109,193,495,0,57,170,330,450,456,476,478,502,556,0,170,276,450,456,476,478,502,0,120,
188,193,437,490,495,0,330,450,0,153,0,176,0,170,276,330,456,0,79,149,0,170,450,476,478,0,67,193,437,481,495,
528,0,120,188,193,347,437,0,437,0,54,296,374,430,528,0,531,0,57,450,476,478,0,286,0,347,0,170,276,456,476,0,
233,0,518,0,228,0,120,481,0,476,478,502,0,226,0,374,660,0,374,0,12,120,188,193,437,495,0,170,450,456,476,478,
0,276,330,348,450,456,467,476,481,0,276,450,456,0,120,378,430,437,516,528,0,450,476,478,502,0,170,276,348,456,
476,478,556,0,54,504,0,454,0,448,0,225,0,15,17,54,528,601,0,170,276,456,0,120,188,437,0,290,0,290,295,0,27,0,
170,456,476,478,0,170,276,330,456,476,478,502,0,330,450,476,478,0,328,0,170,183,0,54,528,0,170,276,330,456,
476,478,531,0,351,481,0,348,0,170,456,476,478,502,0,456,476,0,167,0,193,347,0,357,0,54,296,374,528,0,120,437,
0,351,354,378,437,481,0,54,374,528,0,450,478,0,403,0,400,0,390,0,379,400,0,348,379,0,348,379,556,586,0,408,0,
348,379,556,0,348,379,440,556,0,392,0,379,0,385,0,399,0,417,0,12,0,286,290,351,354,378,481,0,54,185,296,374,
430,528,0,417,437,495,0,193,286,347,417,437,495,0,647,0,280,0,461,0,601,0,478,0,456,465,476,502,0,476,0,351,
437,481,0,109,188,193,0,120,188,193,437,481,0,437,481,0,509,0,467,0,123,0,525,0,170,276,330,456,556,0,565,0,
572,0,561,0,579,0,574,0,556,586,0,586,0,131,597,0,599,0,280,450,0,330,450,456,0,276,450,456,476,478,502,0,626,
0,276,280,311,330,450,467,511,0,
};

const uint16_t fhir_resources[] = {
0,3,7,11,14,16,18,25,26,27,32,33,39,53,56,58,60,62,66,78,91,94,102,104,106,108,113,119,122,130,148,152,157,
166,169,175,182,184,186,187,190,192,200,217,224,225,226,227,230,231,232,234,243,266,268,269,271,275,278,279,
285,289,294,295,298,310,320,324,325,327,329,333,339,346,347,350,353,356,373,377,378,384,387,389,391,396,398,
399,402,407,408,411,416,426,429,436,439,442,447,449,451,453,455,459,460,464,466,475,477,480,485,489,494,501,
503,507,508,510,513,515,517,524,525,527,529,530,534,539,544,553,555,560,564,571,573,578,585,596,598,600,604,
615,625,646,655,659,
};

const int fhir_resource_count = 146;

const uint16_t fhir_types_by_name[] = {
669,10,673,678,679,268,269,327,415,529,600,665,666,676,680,25,66,147,275,346,425,497,498,681,26,33,101,169,
197,463,464,642,675,0,6,122,207,320,324,325,333,455,663,668,670,671,53,56,130,148,189,199,224,231,329,488,514,
524,530,646,667,672,119,217,265,283,428,480,499,528,555,664,13,17,18,60,94,113,264,284,347,453,474,485,615,
625,14,108,146,436,523,674,677,7,58,129,182,285,289,426,449,475,503,544,553,645,662,32,78,102,128,166,184,227,
310,339,411,459,489,501,510,598,196,429,466,515,527,596,24,100,162,230,234,271,332,500,513,525,558,175,187,
190,232,278,378,447,477,484,564,571,192,208,225,279,373,408,416,644,3,11,91,186,226,353,483,507,534,655,659,
16,39,266,298,356,377,442,452,539,62,104,243,560,106,439,460,494,517,294,585,200,451,578,604,350,399,508,27,
152,295,389,391,157,396,398,384,573,402,387,407,
};

const int fhir_type_name_count = 209;
