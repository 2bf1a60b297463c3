/* Made by fhir/gen/gen.py from the FHIR R4 (4.0.1) definitions, which are CC0.
 * Do not edit: change the generator. */
#include "fhir/validate/validate_priv.h"

const struct invariant_row invariant_rows[] = {
{3, "adf-0", false, /* ActivityDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{10, "age-1", true, /* Age */ "There SHALL be a code if there is a value and it SHALL be an expression of time. If "
"system is present, it SHALL be UCUM. If value is present, it SHALL be positive.",
"(code.exists() or value.empty()) and (system.empty() or system = %ucum) and "
"(value.empty() or value.hasValue().not() or value > 0)"},
{10, "qty-3", true, /* Age */ "If a code for the unit is present, the system SHALL also be present",
"code.empty() or system.exists()"},
{11, "ait-1", true, /* AllergyIntolerance */
"AllergyIntolerance.clinicalStatus SHALL be present if verificationStatus is not " "entered-in-error.",
"verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/"
"allergyintolerance-verification' and code = 'entered-in-error').exists() or " "clinicalStatus.exists()"},
{11, "ait-2", true, /* AllergyIntolerance */
"AllergyIntolerance.clinicalStatus SHALL NOT be present if verification Status is " "entered-in-error",
"verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/"
"allergyintolerance-verification' and code = 'entered-in-error').empty() or " "clinicalStatus.empty()"},
{14, "app-2", true, /* Appointment */ "Either start and end are specified, or neither",
"start.exists() = end.exists()"},
{14, "app-3", true, /* Appointment */ "Only proposed or cancelled appointments can be missing start/end dates",
"(start.exists() and end.exists()) or (status in ('proposed' | 'cancelled' | 'waitlist'))"},
{14, "app-4", true, /* Appointment */
"Cancelation reason is only used for appointments that have been cancelled, or no-show",
"Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or " "Appointment.status='cancelled')"},
{15, "app-1", true, /* Appointment.participant */ "Either the type or actor on the participant SHALL be specified",
"type.exists() or actor.exists()"},
{16, "apr-1", true, /* AppointmentResponse */ "Either the participantType or actor must be specified",
"participantType.exists() or actor.exists()"},
{17, "att-1", true, /* Attachment */ "If the Attachment has data, it SHALL have a contentType",
"data.empty() or contentType.exists()"},
{21, "sev-1", true, /* AuditEvent.entity */ "Either a name or a query (NOT both)", "name.empty() or query.empty()"},
{33, "bdl-1", true, /* Bundle */ "total only when a search or history",
"total.empty() or (type = 'searchset') or (type = 'history')"},
{33, "bdl-2", true, /* Bundle */ "entry.search only when a search", "entry.search.empty() or (type = 'searchset')"},
{33, "bdl-3", true, /* Bundle */ "entry.request mandatory for batch/transaction/history, otherwise prohibited",
"entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' "
"or %resource.type = 'history'))"},
{33, "bdl-4", true, /* Bundle */
"entry.response mandatory for batch-response/transaction-response/history, otherwise " "prohibited",
"entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = "
"'transaction-response' or %resource.type = 'history'))"},
{33, "bdl-7", true, /* Bundle */
"FullUrl must be unique in a bundle, or else entries with the same fullUrl must have "
"different meta.versionId (except in history bundles)", "(type = 'history') or "
"entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()"},
{33, "bdl-9", true, /* Bundle */ "A document must have an identifier with a system and a value",
"type = 'document' implies (identifier.system.exists() and identifier.value.exists())"},
{33, "bdl-10", true, /* Bundle */ "A document must have a date", "type = 'document' implies (timestamp.hasValue())"},
{33, "bdl-11", true, /* Bundle */ "A document must have a Composition as the first resource",
"type = 'document' implies entry.first().resource.is(Composition)"},
{33, "bdl-12", true, /* Bundle */ "A message must have a MessageHeader as the first resource",
"type = 'message' implies entry.first().resource.is(MessageHeader)"},
{34, "bdl-5", true, /* Bundle.entry */ "must be a resource unless there's a request or response",
"resource.exists() or request.exists() or response.exists()"},
{34, "bdl-8", true, /* Bundle.entry */ "fullUrl cannot be a version specific reference",
"fullUrl.contains('/_history/').not()"},
{39, "cpb-0", false, /* CapabilityStatement */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{39, "cpb-1", true, /* CapabilityStatement */
"A Capability Statement SHALL have at least one of REST, messaging or document element.",
"rest.exists() or messaging.exists() or document.exists()"},
{39, "cpb-2", true, /* CapabilityStatement */
"A Capability Statement SHALL have at least one of description, software, or " "implementation element.",
"(description.count() + software.count() + implementation.count()) > 0"},
{39, "cpb-3", true, /* CapabilityStatement */
"Messaging end-point is required (and is only permitted) when a statement is for an " "implementation.",
"messaging.endpoint.empty() or kind = 'instance'"},
{39, "cpb-7", true, /* CapabilityStatement */
"The set of documents must be unique by the combination of profile and mode.",
"document.select(profile&mode).isDistinct()"},
{39, "cpb-14", true, /* CapabilityStatement */
"If kind = instance, implementation must be present and software may be present",
"(kind != 'instance') or implementation.exists()"},
{39, "cpb-15", true, /* CapabilityStatement */
"If kind = capability, implementation must be absent, software must be present",
"(kind != 'capability') or (implementation.exists().not() and software.exists())"},
{39, "cpb-16", true, /* CapabilityStatement */ "If kind = requirements, implementation and software must be absent",
"(kind!='requirements') or (implementation.exists().not() and software.exists().not())"},
{45, "cpb-9", true, /* CapabilityStatement.rest */ "A given resource can only be described once per RESTful mode.",
"resource.select(type).isDistinct()"},
{47, "cpb-12", true, /* CapabilityStatement.rest.resource */
"Search parameter names must be unique in the context of a resource.", "searchParam.select(name).isDistinct()"},
{54, "cpl-3", true, /* CarePlan.activity */ "Provide a reference or detail, not both",
"detail.empty() or reference.empty()"},
{57, "ctm-1", true, /* CareTeam.participant */
"CareTeam.participant.onBehalfOf can only be populated when CareTeam.participant.member is " "a Practitioner",
"onBehalfOf.exists() implies (member.resolve().iif(empty(), true, " "ofType(Practitioner).exists()))"},
{62, "cid-0", false, /* ChargeItemDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{94, "csd-0", false, /* CodeSystem */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{94, "csd-1", true, /* CodeSystem */ "Within a code system definition, all the codes SHALL be unique",
"concept.code.combine($this.descendants().concept.code).isDistinct()"},
{106, "cpd-0", false, /* CompartmentDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{112, "cmp-1", true, /* Composition.section */
"A section must contain at least one of text, entries, or sub-sections",
"text.exists() or entry.exists() or section.exists()"},
{112, "cmp-2", true, /* Composition.section */ "A section can only have an emptyReason if it is empty",
"emptyReason.empty() or entry.empty()"},
{113, "cmd-0", false, /* ConceptMap */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{116, "cmd-1", true, /* ConceptMap.group.element.target */
"If the map is narrower or inexact, there SHALL be some comments",
"comment.exists() or equivalence.empty() or ((equivalence != 'narrower') and (equivalence " "!= 'inexact'))"},
{118, "cmd-2", true, /* ConceptMap.group.unmapped */ "If the mode is 'fixed', a code must be provided",
"(mode = 'fixed') implies code.exists()"},
{118, "cmd-3", true, /* ConceptMap.group.unmapped */ "If the mode is 'other-map', a url must be provided",
"(mode = 'other-map') implies url.exists()"},
{119, "con-3", false, /* Condition */
"Condition.clinicalStatus SHALL be present if verificationStatus is not entered-in-error "
"and category is problem-list-item", "clinicalStatus.exists() or verificationStatus.coding.where(system='http://"
"terminology.hl7.org/CodeSystem/condition-ver-status' and code = "
"'entered-in-error').exists() or category.select($this='problem-list-item').empty()"},
{119, "con-4", true, /* Condition */
"If condition is abated, then clinicalStatus must be either inactive, resolved, or " "remission",
"abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/"
"CodeSystem/condition-clinical' and (code='resolved' or code='remission' or " "code='inactive')).exists()"},
{119, "con-5", true, /* Condition */
"Condition.clinicalStatus SHALL NOT be present if verification Status is entered-in-error",
"verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/"
"condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()"},
{120, "con-2", true, /* Condition.evidence */ "evidence SHALL have code or details",
"code.exists() or detail.exists()"},
{121, "con-1", true, /* Condition.stage */ "Stage SHALL have summary or assessment",
"summary.exists() or assessment.exists()"},
{122, "ppc-1", true, /* Consent */ "Either a Policy or PolicyRule", "policy.exists() or policyRule.exists()"},
{122, "ppc-2", true, /* Consent */ "IF Scope=privacy, there must be a patient",
"patient.exists() or scope.coding.where(system='something' and " "code='patient-privacy').exists().not()"},
{122, "ppc-3", true, /* Consent */ "IF Scope=research, there must be a patient",
"patient.exists() or scope.coding.where(system='something' and " "code='research').exists().not()"},
{122, "ppc-4", true, /* Consent */ "IF Scope=adr, there must be a patient",
"patient.exists() or scope.coding.where(system='something' and code='adr').exists().not()"},
{122, "ppc-5", true, /* Consent */ "IF Scope=treatment, there must be a patient",
"patient.exists() or scope.coding.where(system='something' and " "code='treatment').exists().not()"},
{129, "cpt-2", true, /* ContactPoint */ "A system is required if a value is provided.",
"value.empty() or system.exists()"},
{147, "cnt-3", true, /* Count */
"There SHALL be a code with a value of \"1\" if there is a value. If system is present, it "
"SHALL be UCUM. If present, the value SHALL be a whole number.",
"(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (code.empty() "
"or code = '1') and (value.empty() or value.hasValue().not() or " "value.toString().contains('.').not())"},
{147, "qty-3", true, /* Count */ "If a code for the unit is present, the system SHALL also be present",
"code.empty() or system.exists()"},
{160, "ces-1", true, /* CoverageEligibilityResponse.insurance.item */
"SHALL contain a category or a billcode but not both.", "category.exists() xor productOrService.exists()"},
{163, "drq-1", true, /* DataRequirement.codeFilter */ "Either a path or a searchParam must be provided, but not both",
"path.exists() xor searchParam.exists()"},
{164, "drq-2", true, /* DataRequirement.dateFilter */ "Either a path or a searchParam must be provided, but not both",
"path.exists() xor searchParam.exists()"},
{189, "dis-1", true, /* Distance */
"There SHALL be a code if there is a value and it SHALL be an expression of length. If "
"system is present, it SHALL be UCUM.", "(code.exists() or value.empty()) and (system.empty() or system = %ucum)"},
{189, "qty-3", true, /* Distance */ "If a code for the unit is present, the system SHALL also be present",
"code.empty() or system.exists()"},
{196, "dom-4", true, /* DomainResource */
"If a resource is contained in another resource, it SHALL NOT have a meta.versionId or a " "meta.lastUpdated",
"contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()"},
{196, "dom-5", true, /* DomainResource */
"If a resource is contained in another resource, it SHALL NOT have a security label",
"contained.meta.security.empty()"},
{196, "dom-6", false, /* DomainResource */ "A resource should have narrative for robust management",
"text.`div`.exists()"},
{199, "drt-1", true, /* Duration */
"There SHALL be a code if there is a value and it SHALL be an expression of time. If "
"system is present, it SHALL be UCUM.", "code.exists() implies ((system = %ucum) and value.exists())"},
{199, "qty-3", true, /* Duration */ "If a code for the unit is present, the system SHALL also be present",
"code.empty() or system.exists()"},
{200, "ees-0", false, /* EffectEvidenceSynthesis */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{208, "eld-2", true, /* ElementDefinition */ "Min <= Max",
"min.empty() or max.empty() or (max = '*') or iif(max != '*', min <= max.toInteger())"},
{208, "eld-5", true, /* ElementDefinition */
"if the element definition has a contentReference, it cannot have type, defaultValue, "
"fixed, pattern, example, minValue, maxValue, maxLength, or binding",
"contentReference.empty() or (type.empty() and defaultValue.empty() and fixed.empty() and "
"pattern.empty() and example.empty() and minValue.empty() and maxValue.empty() and "
"maxLength.empty() and binding.empty())"},
{208, "eld-6", true, /* ElementDefinition */ "Fixed value may only be specified if there is one type",
"fixed.empty() or (type.count()  <= 1)"},
{208, "eld-7", true, /* ElementDefinition */ "Pattern may only be specified if there is one type",
"pattern.empty() or (type.count() <= 1)"},
{208, "eld-8", true, /* ElementDefinition */ "Pattern and fixed are mutually exclusive",
"pattern.empty() or fixed.empty()"},
{208, "eld-11", true, /* ElementDefinition */ "Binding can only be present for coded elements, string, and uri",
"binding.empty() or type.code.empty() or type.select((code = 'code') or (code = 'Coding') "
"or (code='CodeableConcept') or (code = 'Quantity') or (code = 'string') or (code = " "'uri')).exists()"},
{208, "eld-13", true, /* ElementDefinition */ "Types must be unique by code", "type.select(code).isDistinct()"},
{208, "eld-14", true, /* ElementDefinition */ "Constraints must be unique by key",
"constraint.select(key).isDistinct()"},
{208, "eld-15", true, /* ElementDefinition */ "default value and meaningWhenMissing are mutually exclusive",
"defaultValue.empty() or meaningWhenMissing.empty()"},
{208, "eld-16", true, /* ElementDefinition */ "sliceName must be composed of proper tokens separated by \"/\"",
"sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\\\/\\\\-_\\\\[\\\\]\\\\@]+$')"},
{208, "eld-18", true, /* ElementDefinition */ "Must have a modifier reason if isModifier = true",
"(isModifier.exists() and isModifier) implies isModifierReason.exists()"},
{208, "eld-19", true, /* ElementDefinition */ "Element names cannot include some special characters",
"path.matches('[^\\\\s\\\\.,:;\\\\\\'\"\\\\/" "|\077!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\.[^\\\\s\\\\.,:;\\\\\\'\"\\\\/"
"|\077!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\[x\\\\])\077(\\\\:[^\\\\s\\\\.]+)\077)*')"},
{208, "eld-20", false, /* ElementDefinition */
"Element names should be simple alphanumerics with a max of 64 characters, or code " "generation tools may be broken",
"path.matches('[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])\077)*')"},
{208, "eld-22", true, /* ElementDefinition */ "sliceIsConstraining can only appear if slicename is present",
"sliceIsConstraining.exists() implies sliceName.exists()"},
{208, "eld-3", true, /* ElementDefinition */ "Max SHALL be a number or \"*\"",
"max.all(empty() or ($this = '*') or (toInteger() >= 0))"},
{210, "eld-12", true, /* ElementDefinition.binding */ "ValueSet SHALL start with http:// or https:// or urn:",
"valueSet.exists() implies (valueSet.startsWith('http:') or valueSet.startsWith('https') "
"or valueSet.startsWith('urn:'))"},
{211, "eld-21", false, /* ElementDefinition.constraint */
"Constraints should have an expression or else validators will not be able to enforce them", "expression.exists()"},
{214, "eld-1", true, /* ElementDefinition.slicing */ "If there are no discriminators, there must be a definition",
"discriminator.exists() or description.exists()"},
{216, "eld-4", true, /* ElementDefinition.type */
"Aggregation may only be specified if one of the allowed types for the element is a " "reference",
"aggregation.empty() or (code = 'Reference') or (code = 'canonical')"},
{216, "eld-17", true, /* ElementDefinition.type */
"targetProfile is only allowed if the type is Reference or canonical",
"(code='Reference' or code = 'canonical') or targetProfile.empty()"},
{230, "evd-0", false, /* EventDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{231, "evi-0", false, /* Evidence */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{232, "evv-0", false, /* EvidenceVariable */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{234, "esc-0", false, /* ExampleScenario */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{264, "exp-1", true, /* Expression */ "An expression or a reference must be provided",
"expression.exists() or reference.exists()"},
{265, "ext-1", true, /* Extension */ "Must have either extensions or value[x], not both",
"extension.exists() != value.exists()"},
{266, "fhs-1", true, /* FamilyMemberHistory */ "Can have age[x] or born[x], but not both",
"age.empty() or born.empty()"},
{266, "fhs-2", true, /* FamilyMemberHistory */ "Can only have estimatedAge if age[x] is present",
"age.exists() or estimatedAge.empty()"},
{270, "gol-1", true, /* Goal.target */ "Goal.target.measure is required if Goal.target.detail is populated",
"(detail.exists() and measure.exists()) or detail.exists().not()"},
{271, "gdf-0", false, /* GraphDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{275, "grp-1", true, /* Group */ "Can only have members if group is \"actual\"", "member.empty() or (actual = true)"},
{290, "imm-1", true, /* Immunization.education */ "One of documentType or reference SHALL be present",
"documentType.exists() or reference.exists()"},
{296, "imr-1", true, /* ImmunizationRecommendation.recommendation */
"One of vaccineCode or targetDisease SHALL be present", "vaccineCode.exists() or targetDisease.exists()"},
{298, "ig-0", false, /* ImplementationGuide */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{298, "ig-2", true, /* ImplementationGuide */
"If a resource has a fhirVersion, it must be oe of the versions defined for the " "Implementation Guide",
"definition.resource.fhirVersion.all(%context.fhirVersion contains $this)"},
{299, "ig-1", true, /* ImplementationGuide.definition */
"If a resource has a groupingId, it must refer to a grouping defined in the Implementation " "Guide",
"resource.groupingId.all(%context.grouping.id contains $this)"},
{310, "ipn-1", true, /* InsurancePlan */
"The organization SHALL at least have a name or an idendtifier, and possibly more than one",
"(identifier.count() + name.count()) > 0"},
{324, "lib-0", false, /* Library */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{325, "lnk-1", true, /* Linkage */ "Must have at least two items", "item.count()>1"},
{327, "lst-1", true, /* List */ "A list can only have an emptyReason if it is empty",
"emptyReason.empty() or entry.empty()"},
{327, "lst-2", true, /* List */ "The deleted flag can only be used if the mode of the list is \"changes\"",
"mode = 'changes' or entry.deleted.empty()"},
{327, "lst-3", true, /* List */ "An entry date can only be used if the mode of the list is \"working\"",
"mode = 'working' or entry.date.empty()"},
{333, "mea-0", false, /* Measure */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{333, "mea-1", true, /* Measure */ "Stratifier SHALL be either a single criteria or a set of criteria components",
"group.stratifier.all((code | description | criteria).exists() xor component.exists())"},
{339, "mrp-1", true, /* MeasureReport */
"Measure Reports used for data collection SHALL NOT communicate group and score information",
"(type != 'data-collection') or group.exists().not()"},
{339, "mrp-2", true, /* MeasureReport */
"Stratifiers SHALL be either a single criteria or a set of criteria components",
"group.stratifier.stratum.all(value.exists() xor component.exists())"},
{351, "mad-1", true, /* MedicationAdministration.dosage */ "SHALL have at least one of dosage.dose or dosage.rate[x]",
"dose.exists() or rate.exists()"},
{353, "mdd-1", true, /* MedicationDispense */ "whenHandedOver cannot be before whenPrepared",
"whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared"},
{408, "msd-0", false, /* MessageDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{410, "md-1", true, /* MessageDefinition.focus */ "Max must be postive int or *", "max='*' or (max.toInteger() > 0)"},
{416, "msq-3", true, /* MolecularSequence */ "Only 0 and 1 are valid for coordinateSystem",
"coordinateSystem = 1 or coordinateSystem = 0"},
{419, "msq-5", true, /* MolecularSequence.referenceSeq */
"GenomeBuild and chromosome must be both contained if either one of them is contained",
"(chromosome.empty() and genomeBuild.empty()) or (chromosome.exists() and " "genomeBuild.exists())"},
{419, "msq-6", true, /* MolecularSequence.referenceSeq */
"Have and only have one of the following elements in referenceSeq : 1. genomeBuild ; 2 "
"referenceSeqId; 3. referenceSeqPointer; 4. referenceSeqString;",
"(genomeBuild.count()+referenceSeqId.count()+ referenceSeqPointer.count()+ " "referenceSeqString.count()) = 1"},
{426, "nsd-0", false, /* NamingSystem */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{426, "nsd-1", true, /* NamingSystem */ "Root systems cannot have uuid identifiers",
"kind != 'root' or uniqueId.all(type != 'uuid')"},
{426, "nsd-2", true, /* NamingSystem */ "Can't have more than one preferred identifier for a type",
"uniqueId.where(preferred = true).select(type).isDistinct()"},
{429, "nor-1", false, /* NutritionOrder */
"Nutrition Order SHALL contain either Oral Diet , Supplement, or Enteral Formula class",
"oralDiet.exists() or supplement.exists() or enteralFormula.exists()"},
{436, "obs-6", true, /* Observation */
"dataAbsentReason SHALL only be present if Observation.value[x] is not present",
"dataAbsentReason.empty() or value.empty()"},
{436, "obs-7", true, /* Observation */
"If Observation.code is the same as an Observation.component.code then the value element "
"associated with the code SHALL NOT be present", "value.empty() or "
"component.code.where(coding.intersect(%resource.code.coding).exists()).empty()"},
{438, "obs-3", true, /* Observation.referenceRange */ "Must have at least a low or a high or text",
"low.exists() or high.exists() or text.exists()"},
{442, "opd-0", false, /* OperationDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{444, "opd-1", true, /* OperationDefinition.parameter */ "Either a type must be provided, or parts",
"type.exists() or part.exists()"},
{444, "opd-2", true, /* OperationDefinition.parameter */
"A search type can only be specified for parameters of type string", "searchType.exists() implies type = 'string'"},
{444, "opd-3", true, /* OperationDefinition.parameter */
"A targetProfile can only be specified for parameters of type Reference or Canonical",
"targetProfile.exists() implies (type = 'Reference' or type = 'canonical')"},
{449, "org-1", true, /* Organization */
"The organization SHALL at least have a name or an identifier, and possibly more than one",
"(identifier.count() + name.count()) > 0"},
{449, "org-3", true, /* Organization */ "The telecom of an organization can never be of use 'home'",
"telecom.all(where(use = 'home').empty())"},
{449, "org-2", true, /* Organization */ "An address of an organization can never be of use 'home'",
"address.all(where(use = 'home').empty())"},
{454, "inv-1", true, /* Parameters.parameter */ "A parameter must have one and only one of (value, resource, part)",
"(part.exists() and value.empty() and resource.empty()) or (part.empty() and "
"(value.exists() xor resource.exists()))"},
{457, "pat-1", true, /* Patient.contact */
"SHALL at least contain a contact's details or a reference to an organization",
"name.exists() or telecom.exists() or address.exists() or organization.exists()"},
{463, "per-1", true, /* Period */ "If present, start SHALL have a lower value than end",
"start.hasValue().not() or end.hasValue().not() or (start <= end)"},
{466, "pdf-0", false, /* PlanDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{488, "qty-3", true, /* Quantity */ "If a code for the unit is present, the system SHALL also be present",
"code.empty() or system.exists()"},
{489, "que-0", false, /* Questionnaire */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{489, "que-2", true, /* Questionnaire */
"The link ids for groups and questions must be unique within the questionnaire", "descendants().linkId.isDistinct()"},
{490, "que-1", true, /* Questionnaire.item */
"Group items must have nested items, display items cannot have nested items",
"(type='group' implies item.empty().not()) and (type.trace('type')='display' implies " "item.trace('item').empty())"},
{490, "que-3", true, /* Questionnaire.item */ "Display items cannot have a \"code\" asserted",
"type!='display' or code.empty()"},
{490, "que-4", true, /* Questionnaire.item */ "A question cannot have both answerOption and answerValueSet",
"answerOption.empty() or answerValueSet.empty()"},
{490, "que-5", true, /* Questionnaire.item */ "Only 'choice' and 'open-choice' items can have answerValueSet",
"(type ='choice' or type = 'open-choice' or type = 'decimal' or type = 'integer' or type = "
"'date' or type = 'dateTime' or type = 'time' or type = 'string' or type = 'quantity') or "
"(answerValueSet.empty() and answerOption.empty())"},
{490, "que-6", true, /* Questionnaire.item */ "Required and repeat aren't permitted for display items",
"type!='display' or (required.empty() and repeats.empty())"},
{490, "que-8", true, /* Questionnaire.item */ "Initial values can't be specified for groups or display items",
"(type!='group' and type!='display') or initial.empty()"},
{490, "que-9", true, /* Questionnaire.item */ "Read-only can't be specified for \"display\" items",
"type!='display' or readOnly.empty()"},
{490, "que-10", true, /* Questionnaire.item */ "Maximum length can only be declared for simple question types",
"(type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice')) " "or maxLength.empty()"},
{490, "que-11", true, /* Questionnaire.item */ "If one or more answerOption is present, initial[x] must be missing",
"answerOption.empty() or initial.empty()"},
{490, "que-12", true, /* Questionnaire.item */
"If there are more than one enableWhen, enableBehavior must be specified",
"enableWhen.count() > 2 implies enableBehavior.exists()"},
{490, "que-13", true, /* Questionnaire.item */ "Can only have multiple initial values for repeating items",
"repeats=true or initial.count() <= 1"},
{492, "que-7", true, /* Questionnaire.item.enableWhen */ "If the operator is 'exists', the value must be a boolean",
"operator = 'exists' implies (answer is boolean)"},
{495, "qrs-1", true, /* QuestionnaireResponse.item */ "Nested item can't be beneath both item and answer",
"(answer.exists() and item.exists()).not()"},
{497, "rng-2", true, /* Range */ "If present, low SHALL have a lower value than high",
"low.empty() or high.empty() or (low <= high)"},
{498, "rat-1", true, /* Ratio */
"Numerator and denominator SHALL both be present, or both are absent. If both are absent, "
"there SHALL be some extension present", "(numerator.empty() xor denominator.exists()) and (numerator.exists() or "
"extension.exists())"},
{499, "ref-1", true, /* Reference */ "SHALL have a contained resource if a local reference is provided",
"reference.startsWith('#').not() or (reference.substring(1).trace('url') in "
"%rootResource.contained.id.trace('ids'))"},
{504, "rqg-1", true, /* RequestGroup.action */ "Must have resource or action but not both",
"resource.exists() != action.exists()"},
{507, "rsd-0", false, /* ResearchDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{508, "red-0", false, /* ResearchElementDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{516, "ras-2", true, /* RiskAssessment.prediction */ "Must be <= 100",
"probability is decimal implies (probability as decimal) <= 100"},
{516, "ras-1", true, /* RiskAssessment.prediction */ "low and high must be percentages, if present",
"probability.all((low.empty() or ((low.code = '%') and (low.system = %ucum))) and "
"(high.empty() or ((high.code = '%') and (high.system = %ucum))))"},
{517, "rvs-0", false, /* RiskEvidenceSynthesis */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{525, "spd-0", false, /* SearchParameter */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{525, "spd-1", true, /* SearchParameter */ "If an xpath is present, there SHALL be an xpathUsage",
"xpath.empty() or xpathUsage.exists()"},
{525, "spd-2", true, /* SearchParameter */
"Search parameters can only have chain names when the search parameter type is 'reference'",
"chain.empty() or type = 'reference'"},
{527, "prr-1", true, /* ServiceRequest */ "orderDetail SHALL only be present if code is present",
"orderDetail.empty() or code.exists()"},
{539, "sdf-0", false, /* StructureDefinition */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{539, "sdf-1", true, /* StructureDefinition */ "Element paths must be unique unless the structure is a constraint",
"derivation = 'constraint' or snapshot.element.select(path).isDistinct()"},
{539, "sdf-15a", true, /* StructureDefinition */
"If the first element in a differential has no \".\" in the path and it's not a logical " "model, it has no type",
"(kind!='logical'  and differential.element.first().path.contains('.').not()) implies "
"differential.element.first().type.empty()"},
{539, "sdf-4", true, /* StructureDefinition */
"If the structure is not abstract, then there SHALL be a baseDefinition",
"abstract = true or baseDefinition.exists()"},
{539, "sdf-5", true, /* StructureDefinition */
"If the structure defines an extension then the structure must have context information",
"type != 'Extension' or derivation = 'specialization' or (context.exists())"},
{539, "sdf-6", true, /* StructureDefinition */ "A structure must have either a differential, or a snapshot (or both)",
"snapshot.exists() or differential.exists()"},
{539, "sdf-9", true, /* StructureDefinition */
"In any snapshot or differential, no label, code or requirements on an element without a "
"\".\" in the path (e.g. the first element)", "children().element.where(path.contains('.').not()).label.empty() and "
"children().element.where(path.contains('.').not()).code.empty() and "
"children().element.where(path.contains('.').not()).requirements.empty()"},
{539, "sdf-11", true, /* StructureDefinition */
"If there's a type, its content must match the path name in the first element of a snapshot",
"kind != 'logical' implies snapshot.empty() or snapshot.element.first().path = type"},
{539, "sdf-14", true, /* StructureDefinition */ "All element definitions must have an id",
"snapshot.element.all(id.exists()) and differential.element.all(id.exists())"},
{539, "sdf-15", true, /* StructureDefinition */
"The first element in a snapshot has no type unless model is a logical model.",
"kind!='logical' implies snapshot.element.first().type.empty()"},
{539, "sdf-16", true, /* StructureDefinition */ "All element definitions must have unique ids (snapshot)",
"snapshot.element.all(id.exists()) and snapshot.element.id.trace('ids').isDistinct()"},
{539, "sdf-17", true, /* StructureDefinition */ "All element definitions must have unique ids (diff)",
"differential.element.all(id.exists()) and " "differential.element.id.trace('ids').isDistinct()"},
{539, "sdf-18", true, /* StructureDefinition */ "Context Invariants can only be used for extensions",
"contextInvariant.exists() implies type = 'Extension'"},
{539, "sdf-19", true, /* StructureDefinition */ "FHIR Specification models only use FHIR defined types",
"url.startsWith('http://hl7.org/fhir/StructureDefinition') implies "
"(differential.element.type.code.all(matches('^[a-zA-Z0-9]+$') or matches('^http:\\\\/\\\\/"
"hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')) and "
"snapshot.element.type.code.all(matches('^[a-zA-Z0-9\\\\.]+$') or matches('^http:\\\\/\\\\/"
"hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')))"},
{539, "sdf-21", true, /* StructureDefinition */ "Default values can only be specified on specializations",
"differential.element.defaultValue.exists() implies (derivation = 'specialization')"},
{539, "sdf-22", true, /* StructureDefinition */ "FHIR Specification models never have default values",
"url.startsWith('http://hl7.org/fhir/StructureDefinition') implies "
"(snapshot.element.defaultValue.empty() and differential.element.defaultValue.empty())"},
{539, "sdf-23", true, /* StructureDefinition */ "No slice name on root",
"(snapshot | differential).element.all(path.contains('.').not() implies sliceName.empty())"},
{541, "sdf-20", true, /* StructureDefinition.differential */ "No slicing on the root element",
"element.where(path.contains('.').not()).slicing.empty()"},
{541, "sdf-8a", true, /* StructureDefinition.differential */
"In any differential, all the elements must start with the StructureDefinition's specified "
"type for non-logical models, or with the same type name for logical models",
"iif(%resource.kind != 'logical', element.first().path.startsWith(%resource.type) and "
"element.tail().all(path.startsWith(%resource.type & '.')), (%resource.kind = 'logical' or "
"element.first().path.startsWith(%resource.type)) and (element.tail().empty() or "
"element.tail().all(path.startsWith(%resource.differential.element.first().path.replaceMatches('\\\\..*','')&'.'))))"},
{542, "sdf-2", true, /* StructureDefinition.mapping */ "Must have at least a name or a uri (or both)",
"name.exists() or uri.exists()"},
{543, "sdf-3", true, /* StructureDefinition.snapshot */
"Each element definition in a snapshot must have a formal definition and cardinalities",
"element.all(definition.exists() and min.exists() and max.exists())"},
{543, "sdf-8", true, /* StructureDefinition.snapshot */
"All snapshot elements must start with the StructureDefinition's specified type for "
"non-logical models, or with the same type name for logical models",
"iif(%resource.kind != 'logical', element.first().path = %resource.type and "
"element.tail().all(path.startsWith(%resource.type & '.')), (%resource.kind = 'logical' or "
"element.first().path = %resource.type) and "
"element.tail().all(path.startsWith(%resource.snapshot.element.first().path&'.')))"},
{543, "sdf-8b", true, /* StructureDefinition.snapshot */ "All snapshot elements must have a base definition",
"element.all(base.exists())"},
{543, "sdf-10", true, /* StructureDefinition.snapshot */
"provide either a binding reference or a description (or both)",
"element.all(binding.empty() or binding.valueSet.exists() or binding.description.exists())"},
{544, "smp-0", false, /* StructureMap */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{550, "smp-1", true, /* StructureMap.group.rule.target */ "Can only have an element if you have a context",
"element.exists() implies context.exists()"},
{550, "smp-2", true, /* StructureMap.group.rule.target */ "Must have a contextType if you have a context",
"context.exists() implies contextType.exists()"},
{600, "inv-1", true, /* Task */ "Last modified date must be greater than or equal to authored-on date.",
"lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn"},
{604, "tcp-0", false, /* TerminologyCapabilities */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{604, "tcp-2", true, /* TerminologyCapabilities */
"A Capability Statement SHALL have at least one of description, software, or " "implementation element.",
"(description.count() + software.count() + implementation.count()) > 0"},
{604, "tcp-3", true, /* TerminologyCapabilities */
"If kind = instance, implementation must be present and software may be present",
"(kind != 'instance') or implementation.exists()"},
{604, "tcp-4", true, /* TerminologyCapabilities */
"If kind = capability, implementation must be absent, software must be present",
"(kind != 'capability') or (implementation.exists().not() and software.exists())"},
{604, "tcp-5", true, /* TerminologyCapabilities */
"If kind = requirements, implementation and software must be absent",
"(kind!='requirements') or (implementation.exists().not() and software.exists().not())"},
{606, "tcp-1", true, /* TerminologyCapabilities.codeSystem */
"If there is more than one version, a version code must be defined",
"version.count() > 1 implies version.all(code.exists())"},
{618, "inv-1", true, /* TestReport.setup.action */
"Setup action SHALL contain either an operation or assert but not both.", "operation.exists() xor assert.exists()"},
{624, "inv-2", true, /* TestReport.test.action */
"Test action SHALL contain either an operation or assert but not both.", "operation.exists() xor assert.exists()"},
{625, "tst-0", false, /* TestScript */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{628, "tst-4", true, /* TestScript.metadata */
"TestScript metadata capability SHALL contain required or validated or both.",
"capability.required.exists() or capability.validated.exists()"},
{633, "tst-1", true, /* TestScript.setup.action */
"Setup action SHALL contain either an operation or assert but not both.", "operation.exists() xor assert.exists()"},
{634, "tst-5", true, /* TestScript.setup.action.assert */
"Only a single assertion SHALL be present within setup action assert element.",
"extension.exists() or (contentType.count() + expression.count() + headerField.count() + "
"minimumId.count() + navigationLinks.count() + path.count() + requestMethod.count() + "
"resource.count() + responseCode.count() + response.count()  + validateProfileId.count() " "<=1)"},
{634, "tst-10", true, /* TestScript.setup.action.assert */
"Setup action assert SHALL contain either compareToSourceId and compareToSourceExpression, "
"compareToSourceId and compareToSourcePath or neither.",
"compareToSourceId.empty() xor (compareToSourceExpression.exists() or " "compareToSourcePath.exists())"},
{634, "tst-12", true, /* TestScript.setup.action.assert */
"Setup action assert response and responseCode SHALL be empty when direction equals request",
"(response.empty() and responseCode.empty() and direction = 'request') or "
"direction.empty() or direction = 'response'"},
{635, "tst-7", true, /* TestScript.setup.action.operation */
"Setup operation SHALL contain either sourceId or targetId or params or url.",
"sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code "
"in ('capabilities' |'search' | 'transaction' | 'history'))"},
{638, "tst-9", true, /* TestScript.teardown.action */
"Teardown operation SHALL contain either sourceId or targetId or params or url.",
"operation.all(sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) "
"or (type.code in ('capabilities' | 'search' | 'transaction' | 'history')))"},
{640, "tst-2", true, /* TestScript.test.action */
"Test action SHALL contain either an operation or assert but not both.", "operation.exists() xor assert.exists()"},
{640, "tst-8", true, /* TestScript.test.action */
"Test operation SHALL contain either sourceId or targetId or params or url.",
"operation.all(sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) "
"or (type.code in ('capabilities' | 'search' | 'transaction' | 'history')))"},
{640, "tst-6", true, /* TestScript.test.action */
"Only a single assertion SHALL be present within test action assert element.",
"assert.all(extension.exists() or (contentType.count() + expression.count() + "
"headerField.count() + minimumId.count() + navigationLinks.count() + path.count() + "
"requestMethod.count() + resource.count() + responseCode.count() + response.count() + "
"validateProfileId.count() <=1))"},
{640, "tst-11", true, /* TestScript.test.action */
"Test action assert SHALL contain either compareToSourceId and compareToSourceExpression, "
"compareToSourceId and compareToSourcePath or neither.",
"assert.all(compareToSourceId.empty() xor (compareToSourceExpression.exists() or " "compareToSourcePath.exists()))"},
{640, "tst-13", true, /* TestScript.test.action */
"Test action assert response and response and responseCode SHALL be empty when direction " "equals request",
"assert.all((response.empty() and responseCode.empty() and direction = 'request') or "
"direction.empty() or direction = 'response')"},
{641, "tst-3", true, /* TestScript.variable */ "Variable can only contain one of expression, headerField or path.",
"expression.empty() or headerField.empty() or path.empty()"},
{643, "tim-1", true, /* Timing.repeat */ "if there's a duration, there needs to be duration units",
"duration.empty() or durationUnit.exists()"},
{643, "tim-2", true, /* Timing.repeat */ "if there's a period, there needs to be period units",
"period.empty() or periodUnit.exists()"},
{643, "tim-4", true, /* Timing.repeat */ "duration SHALL be a non-negative value",
"duration.exists() implies duration >= 0"},
{643, "tim-5", true, /* Timing.repeat */ "period SHALL be a non-negative value",
"period.exists() implies period >= 0"},
{643, "tim-6", true, /* Timing.repeat */ "If there's a periodMax, there must be a period",
"periodMax.empty() or period.exists()"},
{643, "tim-7", true, /* Timing.repeat */ "If there's a durationMax, there must be a duration",
"durationMax.empty() or duration.exists()"},
{643, "tim-8", true, /* Timing.repeat */ "If there's a countMax, there must be a count",
"countMax.empty() or count.exists()"},
{643, "tim-9", true, /* Timing.repeat */ "If there's an offset, there must be a when (and not C, CM, CD, CV)",
"offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))"},
{643, "tim-10", true, /* Timing.repeat */ "If there's a timeOfDay, there cannot be a when, or vice versa",
"timeOfDay.empty() or when.empty()"},
{644, "trd-1", true, /* TriggerDefinition */ "Either timing, or a data requirement, but not both",
"data.empty() or timing.empty()"},
{644, "trd-2", true, /* TriggerDefinition */ "A condition only if there is a data requirement",
"condition.exists() implies data.exists()"},
{644, "trd-3", true, /* TriggerDefinition */
"A named event requires a name, a periodic event requires timing, and a data event " "requires data",
"(type = 'named-event' implies name.exists()) and (type = 'periodic' implies "
"timing.exists()) and (type.startsWith('data-') implies data.exists())"},
{646, "vsd-0", false, /* ValueSet */
"Name should be usable as an identifier for the module by machine processing applications " "such as code generation",
"name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"},
{648, "vsd-1", true, /* ValueSet.compose.include */ "A value set include/exclude SHALL have a value set or a system",
"valueSet.exists() or system.exists()"},
{648, "vsd-2", true, /* ValueSet.compose.include */ "A value set with concepts or filters SHALL include a system",
"(concept.exists() or filter.exists()) implies system.exists()"},
{648, "vsd-3", true, /* ValueSet.compose.include */ "Cannot have both concept and filter",
"concept.empty() or filter.empty()"},
{653, "vsd-6", true, /* ValueSet.expansion.contains */ "SHALL have a code or a display",
"code.exists() or display.exists()"},
{653, "vsd-9", true, /* ValueSet.expansion.contains */ "Must have a code if not abstract",
"code.exists() or abstract = true"},
{653, "vsd-10", true, /* ValueSet.expansion.contains */ "Must have a system if a code is present",
"code.empty() or system.exists()"},
};
const int invariant_row_count = 238;
