/* Made by fhir/gen/gen.py from the FHIR R4 (4.0.1) definitions, which are CC0.
 * Do not edit: change the generator. */
#include "fhir/validate/validate_priv.h"

const struct invariant_row invariant_rows[] = {
{3, "adf-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ActivityDefinition */
{10, "age-1", true,
 "(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (value.empty() or value.hasValue().not() or value > 0)"}, /* Age */
{10, "qty-3", true,
 "code.empty() or system.exists()"}, /* Age */
{11, "ait-1", true,
 "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').exists() or clinicalStatus.exists()"}, /* AllergyIntolerance */
{11, "ait-2", true,
 "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').empty() or clinicalStatus.empty()"}, /* AllergyIntolerance */
{14, "app-2", true,
 "start.exists() = end.exists()"}, /* Appointment */
{14, "app-3", true,
 "(start.exists() and end.exists()) or (status in ('proposed' | 'cancelled' | 'waitlist'))"}, /* Appointment */
{14, "app-4", true,
 "Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or Appointment.status='cancelled')"}, /* Appointment */
{15, "app-1", true,
 "type.exists() or actor.exists()"}, /* Appointment.participant */
{16, "apr-1", true,
 "participantType.exists() or actor.exists()"}, /* AppointmentResponse */
{17, "att-1", true,
 "data.empty() or contentType.exists()"}, /* Attachment */
{21, "sev-1", true,
 "name.empty() or query.empty()"}, /* AuditEvent.entity */
{33, "bdl-1", true,
 "total.empty() or (type = 'searchset') or (type = 'history')"}, /* Bundle */
{33, "bdl-2", true,
 "entry.search.empty() or (type = 'searchset')"}, /* Bundle */
{33, "bdl-3", true,
 "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))"}, /* Bundle */
{33, "bdl-4", true,
 "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))"}, /* Bundle */
{33, "bdl-7", true,
 "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()"}, /* Bundle */
{33, "bdl-9", true,
 "type = 'document' implies (identifier.system.exists() and identifier.value.exists())"}, /* Bundle */
{33, "bdl-10", true,
 "type = 'document' implies (timestamp.hasValue())"}, /* Bundle */
{33, "bdl-11", true,
 "type = 'document' implies entry.first().resource.is(Composition)"}, /* Bundle */
{33, "bdl-12", true,
 "type = 'message' implies entry.first().resource.is(MessageHeader)"}, /* Bundle */
{34, "bdl-5", true,
 "resource.exists() or request.exists() or response.exists()"}, /* Bundle.entry */
{34, "bdl-8", true,
 "fullUrl.contains('/_history/').not()"}, /* Bundle.entry */
{39, "cpb-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* CapabilityStatement */
{39, "cpb-1", true,
 "rest.exists() or messaging.exists() or document.exists()"}, /* CapabilityStatement */
{39, "cpb-2", true,
 "(description.count() + software.count() + implementation.count()) > 0"}, /* CapabilityStatement */
{39, "cpb-3", true,
 "messaging.endpoint.empty() or kind = 'instance'"}, /* CapabilityStatement */
{39, "cpb-7", true,
 "document.select(profile&mode).isDistinct()"}, /* CapabilityStatement */
{39, "cpb-14", true,
 "(kind != 'instance') or implementation.exists()"}, /* CapabilityStatement */
{39, "cpb-15", true,
 "(kind != 'capability') or (implementation.exists().not() and software.exists())"}, /* CapabilityStatement */
{39, "cpb-16", true,
 "(kind!='requirements') or (implementation.exists().not() and software.exists().not())"}, /* CapabilityStatement */
{45, "cpb-9", true,
 "resource.select(type).isDistinct()"}, /* CapabilityStatement.rest */
{47, "cpb-12", true,
 "searchParam.select(name).isDistinct()"}, /* CapabilityStatement.rest.resource */
{54, "cpl-3", true,
 "detail.empty() or reference.empty()"}, /* CarePlan.activity */
{57, "ctm-1", true,
 "onBehalfOf.exists() implies (member.resolve().iif(empty(), true, ofType(Practitioner).exists()))"}, /* CareTeam.participant */
{62, "cid-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ChargeItemDefinition */
{94, "csd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* CodeSystem */
{94, "csd-1", true,
 "concept.code.combine($this.descendants().concept.code).isDistinct()"}, /* CodeSystem */
{106, "cpd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* CompartmentDefinition */
{112, "cmp-1", true,
 "text.exists() or entry.exists() or section.exists()"}, /* Composition.section */
{112, "cmp-2", true,
 "emptyReason.empty() or entry.empty()"}, /* Composition.section */
{113, "cmd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ConceptMap */
{116, "cmd-1", true,
 "comment.exists() or equivalence.empty() or ((equivalence != 'narrower') and (equivalence != 'inexact'))"}, /* ConceptMap.group.element.target */
{118, "cmd-2", true,
 "(mode = 'fixed') implies code.exists()"}, /* ConceptMap.group.unmapped */
{118, "cmd-3", true,
 "(mode = 'other-map') implies url.exists()"}, /* ConceptMap.group.unmapped */
{119, "con-3", false,
 "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()"}, /* Condition */
{119, "con-4", true,
 "abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and (code='resolved' or code='remission' or code='inactive')).exists()"}, /* Condition */
{119, "con-5", true,
 "verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()"}, /* Condition */
{120, "con-2", true,
 "code.exists() or detail.exists()"}, /* Condition.evidence */
{121, "con-1", true,
 "summary.exists() or assessment.exists()"}, /* Condition.stage */
{122, "ppc-1", true,
 "policy.exists() or policyRule.exists()"}, /* Consent */
{122, "ppc-2", true,
 "patient.exists() or scope.coding.where(system='something' and code='patient-privacy').exists().not()"}, /* Consent */
{122, "ppc-3", true,
 "patient.exists() or scope.coding.where(system='something' and code='research').exists().not()"}, /* Consent */
{122, "ppc-4", true,
 "patient.exists() or scope.coding.where(system='something' and code='adr').exists().not()"}, /* Consent */
{122, "ppc-5", true,
 "patient.exists() or scope.coding.where(system='something' and code='treatment').exists().not()"}, /* Consent */
{129, "cpt-2", true,
 "value.empty() or system.exists()"}, /* ContactPoint */
{147, "cnt-3", true,
 "(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (code.empty() or code = '1') and (value.empty() or value.hasValue().not() or value.toString().contains('.').not())"}, /* Count */
{147, "qty-3", true,
 "code.empty() or system.exists()"}, /* Count */
{160, "ces-1", true,
 "category.exists() xor productOrService.exists()"}, /* CoverageEligibilityResponse.insurance.item */
{163, "drq-1", true,
 "path.exists() xor searchParam.exists()"}, /* DataRequirement.codeFilter */
{164, "drq-2", true,
 "path.exists() xor searchParam.exists()"}, /* DataRequirement.dateFilter */
{189, "dis-1", true,
 "(code.exists() or value.empty()) and (system.empty() or system = %ucum)"}, /* Distance */
{189, "qty-3", true,
 "code.empty() or system.exists()"}, /* Distance */
{196, "dom-4", true,
 "contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()"}, /* DomainResource */
{196, "dom-5", true,
 "contained.meta.security.empty()"}, /* DomainResource */
{196, "dom-6", false,
 "text.`div`.exists()"}, /* DomainResource */
{199, "drt-1", true,
 "code.exists() implies ((system = %ucum) and value.exists())"}, /* Duration */
{199, "qty-3", true,
 "code.empty() or system.exists()"}, /* Duration */
{200, "ees-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* EffectEvidenceSynthesis */
{208, "eld-2", true,
 "min.empty() or max.empty() or (max = '*') or iif(max != '*', min <= max.toInteger())"}, /* ElementDefinition */
{208, "eld-5", true,
 "contentReference.empty() or (type.empty() and defaultValue.empty() and fixed.empty() and pattern.empty() and example.empty() and minValue.empty() and maxValue.empty() and maxLength.empty() and binding.empty())"}, /* ElementDefinition */
{208, "eld-6", true,
 "fixed.empty() or (type.count()  <= 1)"}, /* ElementDefinition */
{208, "eld-7", true,
 "pattern.empty() or (type.count() <= 1)"}, /* ElementDefinition */
{208, "eld-8", true,
 "pattern.empty() or fixed.empty()"}, /* ElementDefinition */
{208, "eld-11", true,
 "binding.empty() or type.code.empty() or type.select((code = 'code') or (code = 'Coding') or (code='CodeableConcept') or (code = 'Quantity') or (code = 'string') or (code = 'uri')).exists()"}, /* ElementDefinition */
{208, "eld-13", true,
 "type.select(code).isDistinct()"}, /* ElementDefinition */
{208, "eld-14", true,
 "constraint.select(key).isDistinct()"}, /* ElementDefinition */
{208, "eld-15", true,
 "defaultValue.empty() or meaningWhenMissing.empty()"}, /* ElementDefinition */
{208, "eld-16", true,
 "sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\\\/\\\\-_\\\\[\\\\]\\\\@]+$')"}, /* ElementDefinition */
{208, "eld-18", true,
 "(isModifier.exists() and isModifier) implies isModifierReason.exists()"}, /* ElementDefinition */
{208, "eld-19", true,
 "path.matches('[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|\077!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\.[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|\077!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\[x\\\\])\077(\\\\:[^\\\\s\\\\.]+)\077)*')"}, /* ElementDefinition */
{208, "eld-20", false,
 "path.matches('[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])\077)*')"}, /* ElementDefinition */
{208, "eld-22", true,
 "sliceIsConstraining.exists() implies sliceName.exists()"}, /* ElementDefinition */
{208, "eld-3", true,
 "max.all(empty() or ($this = '*') or (toInteger() >= 0))"}, /* ElementDefinition */
{210, "eld-12", true,
 "valueSet.exists() implies (valueSet.startsWith('http:') or valueSet.startsWith('https') or valueSet.startsWith('urn:'))"}, /* ElementDefinition.binding */
{211, "eld-21", false,
 "expression.exists()"}, /* ElementDefinition.constraint */
{214, "eld-1", true,
 "discriminator.exists() or description.exists()"}, /* ElementDefinition.slicing */
{216, "eld-4", true,
 "aggregation.empty() or (code = 'Reference') or (code = 'canonical')"}, /* ElementDefinition.type */
{216, "eld-17", true,
 "(code='Reference' or code = 'canonical') or targetProfile.empty()"}, /* ElementDefinition.type */
{230, "evd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* EventDefinition */
{231, "evi-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* Evidence */
{232, "evv-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* EvidenceVariable */
{234, "esc-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ExampleScenario */
{264, "exp-1", true,
 "expression.exists() or reference.exists()"}, /* Expression */
{265, "ext-1", true,
 "extension.exists() != value.exists()"}, /* Extension */
{266, "fhs-1", true,
 "age.empty() or born.empty()"}, /* FamilyMemberHistory */
{266, "fhs-2", true,
 "age.exists() or estimatedAge.empty()"}, /* FamilyMemberHistory */
{270, "gol-1", true,
 "(detail.exists() and measure.exists()) or detail.exists().not()"}, /* Goal.target */
{271, "gdf-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* GraphDefinition */
{275, "grp-1", true,
 "member.empty() or (actual = true)"}, /* Group */
{290, "imm-1", true,
 "documentType.exists() or reference.exists()"}, /* Immunization.education */
{296, "imr-1", true,
 "vaccineCode.exists() or targetDisease.exists()"}, /* ImmunizationRecommendation.recommendation */
{298, "ig-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ImplementationGuide */
{298, "ig-2", true,
 "definition.resource.fhirVersion.all(%context.fhirVersion contains $this)"}, /* ImplementationGuide */
{299, "ig-1", true,
 "resource.groupingId.all(%context.grouping.id contains $this)"}, /* ImplementationGuide.definition */
{310, "ipn-1", true,
 "(identifier.count() + name.count()) > 0"}, /* InsurancePlan */
{324, "lib-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* Library */
{325, "lnk-1", true,
 "item.count()>1"}, /* Linkage */
{327, "lst-1", true,
 "emptyReason.empty() or entry.empty()"}, /* List */
{327, "lst-2", true,
 "mode = 'changes' or entry.deleted.empty()"}, /* List */
{327, "lst-3", true,
 "mode = 'working' or entry.date.empty()"}, /* List */
{333, "mea-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* Measure */
{333, "mea-1", true,
 "group.stratifier.all((code | description | criteria).exists() xor component.exists())"}, /* Measure */
{339, "mrp-1", true,
 "(type != 'data-collection') or group.exists().not()"}, /* MeasureReport */
{339, "mrp-2", true,
 "group.stratifier.stratum.all(value.exists() xor component.exists())"}, /* MeasureReport */
{351, "mad-1", true,
 "dose.exists() or rate.exists()"}, /* MedicationAdministration.dosage */
{353, "mdd-1", true,
 "whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared"}, /* MedicationDispense */
{408, "msd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* MessageDefinition */
{410, "md-1", true,
 "max='*' or (max.toInteger() > 0)"}, /* MessageDefinition.focus */
{416, "msq-3", true,
 "coordinateSystem = 1 or coordinateSystem = 0"}, /* MolecularSequence */
{419, "msq-5", true,
 "(chromosome.empty() and genomeBuild.empty()) or (chromosome.exists() and genomeBuild.exists())"}, /* MolecularSequence.referenceSeq */
{419, "msq-6", true,
 "(genomeBuild.count()+referenceSeqId.count()+ referenceSeqPointer.count()+ referenceSeqString.count()) = 1"}, /* MolecularSequence.referenceSeq */
{426, "nsd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* NamingSystem */
{426, "nsd-1", true,
 "kind != 'root' or uniqueId.all(type != 'uuid')"}, /* NamingSystem */
{426, "nsd-2", true,
 "uniqueId.where(preferred = true).select(type).isDistinct()"}, /* NamingSystem */
{429, "nor-1", false,
 "oralDiet.exists() or supplement.exists() or enteralFormula.exists()"}, /* NutritionOrder */
{436, "obs-6", true,
 "dataAbsentReason.empty() or value.empty()"}, /* Observation */
{436, "obs-7", true,
 "value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()"}, /* Observation */
{438, "obs-3", true,
 "low.exists() or high.exists() or text.exists()"}, /* Observation.referenceRange */
{442, "opd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* OperationDefinition */
{444, "opd-1", true,
 "type.exists() or part.exists()"}, /* OperationDefinition.parameter */
{444, "opd-2", true,
 "searchType.exists() implies type = 'string'"}, /* OperationDefinition.parameter */
{444, "opd-3", true,
 "targetProfile.exists() implies (type = 'Reference' or type = 'canonical')"}, /* OperationDefinition.parameter */
{449, "org-1", true,
 "(identifier.count() + name.count()) > 0"}, /* Organization */
{449, "org-3", true,
 "telecom.all(where(use = 'home').empty())"}, /* Organization */
{449, "org-2", true,
 "address.all(where(use = 'home').empty())"}, /* Organization */
{454, "inv-1", true,
 "(part.exists() and value.empty() and resource.empty()) or (part.empty() and (value.exists() xor resource.exists()))"}, /* Parameters.parameter */
{457, "pat-1", true,
 "name.exists() or telecom.exists() or address.exists() or organization.exists()"}, /* Patient.contact */
{463, "per-1", true,
 "start.hasValue().not() or end.hasValue().not() or (start <= end)"}, /* Period */
{466, "pdf-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* PlanDefinition */
{488, "qty-3", true,
 "code.empty() or system.exists()"}, /* Quantity */
{489, "que-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* Questionnaire */
{489, "que-2", true,
 "descendants().linkId.isDistinct()"}, /* Questionnaire */
{490, "que-1", true,
 "(type='group' implies item.empty().not()) and (type.trace('type')='display' implies item.trace('item').empty())"}, /* Questionnaire.item */
{490, "que-3", true,
 "type!='display' or code.empty()"}, /* Questionnaire.item */
{490, "que-4", true,
 "answerOption.empty() or answerValueSet.empty()"}, /* Questionnaire.item */
{490, "que-5", true,
 "(type ='choice' or type = 'open-choice' or type = 'decimal' or type = 'integer' or type = 'date' or type = 'dateTime' or type = 'time' or type = 'string' or type = 'quantity') or (answerValueSet.empty() and answerOption.empty())"}, /* Questionnaire.item */
{490, "que-6", true,
 "type!='display' or (required.empty() and repeats.empty())"}, /* Questionnaire.item */
{490, "que-8", true,
 "(type!='group' and type!='display') or initial.empty()"}, /* Questionnaire.item */
{490, "que-9", true,
 "type!='display' or readOnly.empty()"}, /* Questionnaire.item */
{490, "que-10", true,
 "(type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice')) or maxLength.empty()"}, /* Questionnaire.item */
{490, "que-11", true,
 "answerOption.empty() or initial.empty()"}, /* Questionnaire.item */
{490, "que-12", true,
 "enableWhen.count() > 2 implies enableBehavior.exists()"}, /* Questionnaire.item */
{490, "que-13", true,
 "repeats=true or initial.count() <= 1"}, /* Questionnaire.item */
{492, "que-7", true,
 "operator = 'exists' implies (answer is boolean)"}, /* Questionnaire.item.enableWhen */
{495, "qrs-1", true,
 "(answer.exists() and item.exists()).not()"}, /* QuestionnaireResponse.item */
{497, "rng-2", true,
 "low.empty() or high.empty() or (low <= high)"}, /* Range */
{498, "rat-1", true,
 "(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())"}, /* Ratio */
{499, "ref-1", true,
 "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))"}, /* Reference */
{504, "rqg-1", true,
 "resource.exists() != action.exists()"}, /* RequestGroup.action */
{507, "rsd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ResearchDefinition */
{508, "red-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ResearchElementDefinition */
{516, "ras-2", true,
 "probability is decimal implies (probability as decimal) <= 100"}, /* RiskAssessment.prediction */
{516, "ras-1", true,
 "probability.all((low.empty() or ((low.code = '%') and (low.system = %ucum))) and (high.empty() or ((high.code = '%') and (high.system = %ucum))))"}, /* RiskAssessment.prediction */
{517, "rvs-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* RiskEvidenceSynthesis */
{525, "spd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* SearchParameter */
{525, "spd-1", true,
 "xpath.empty() or xpathUsage.exists()"}, /* SearchParameter */
{525, "spd-2", true,
 "chain.empty() or type = 'reference'"}, /* SearchParameter */
{527, "prr-1", true,
 "orderDetail.empty() or code.exists()"}, /* ServiceRequest */
{539, "sdf-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* StructureDefinition */
{539, "sdf-1", true,
 "derivation = 'constraint' or snapshot.element.select(path).isDistinct()"}, /* StructureDefinition */
{539, "sdf-15a", true,
 "(kind!='logical'  and differential.element.first().path.contains('.').not()) implies differential.element.first().type.empty()"}, /* StructureDefinition */
{539, "sdf-4", true,
 "abstract = true or baseDefinition.exists()"}, /* StructureDefinition */
{539, "sdf-5", true,
 "type != 'Extension' or derivation = 'specialization' or (context.exists())"}, /* StructureDefinition */
{539, "sdf-6", true,
 "snapshot.exists() or differential.exists()"}, /* StructureDefinition */
{539, "sdf-9", true,
 "children().element.where(path.contains('.').not()).label.empty() and children().element.where(path.contains('.').not()).code.empty() and children().element.where(path.contains('.').not()).requirements.empty()"}, /* StructureDefinition */
{539, "sdf-11", true,
 "kind != 'logical' implies snapshot.empty() or snapshot.element.first().path = type"}, /* StructureDefinition */
{539, "sdf-14", true,
 "snapshot.element.all(id.exists()) and differential.element.all(id.exists())"}, /* StructureDefinition */
{539, "sdf-15", true,
 "kind!='logical' implies snapshot.element.first().type.empty()"}, /* StructureDefinition */
{539, "sdf-16", true,
 "snapshot.element.all(id.exists()) and snapshot.element.id.trace('ids').isDistinct()"}, /* StructureDefinition */
{539, "sdf-17", true,
 "differential.element.all(id.exists()) and differential.element.id.trace('ids').isDistinct()"}, /* StructureDefinition */
{539, "sdf-18", true,
 "contextInvariant.exists() implies type = 'Extension'"}, /* StructureDefinition */
{539, "sdf-19", true,
 "url.startsWith('http://hl7.org/fhir/StructureDefinition') implies (differential.element.type.code.all(matches('^[a-zA-Z0-9]+$') or matches('^http:\\\\/\\\\/hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')) and snapshot.element.type.code.all(matches('^[a-zA-Z0-9\\\\.]+$') or matches('^http:\\\\/\\\\/hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')))"}, /* StructureDefinition */
{539, "sdf-21", true,
 "differential.element.defaultValue.exists() implies (derivation = 'specialization')"}, /* StructureDefinition */
{539, "sdf-22", true,
 "url.startsWith('http://hl7.org/fhir/StructureDefinition') implies (snapshot.element.defaultValue.empty() and differential.element.defaultValue.empty())"}, /* StructureDefinition */
{539, "sdf-23", true,
 "(snapshot | differential).element.all(path.contains('.').not() implies sliceName.empty())"}, /* StructureDefinition */
{541, "sdf-20", true,
 "element.where(path.contains('.').not()).slicing.empty()"}, /* StructureDefinition.differential */
{541, "sdf-8a", true,
 "(%resource.kind = 'logical' or element.first().path.startsWith(%resource.type)) and (element.tail().empty() or element.tail().all(path.startsWith(%resource.differential.element.first().path.replaceMatches('\\\\..*','')&'.')))"}, /* StructureDefinition.differential */
{542, "sdf-2", true,
 "name.exists() or uri.exists()"}, /* StructureDefinition.mapping */
{543, "sdf-3", true,
 "element.all(definition.exists() and min.exists() and max.exists())"}, /* StructureDefinition.snapshot */
{543, "sdf-8", true,
 "(%resource.kind = 'logical' or element.first().path = %resource.type) and element.tail().all(path.startsWith(%resource.snapshot.element.first().path&'.'))"}, /* StructureDefinition.snapshot */
{543, "sdf-8b", true,
 "element.all(base.exists())"}, /* StructureDefinition.snapshot */
{543, "sdf-10", true,
 "element.all(binding.empty() or binding.valueSet.exists() or binding.description.exists())"}, /* StructureDefinition.snapshot */
{544, "smp-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* StructureMap */
{550, "smp-1", true,
 "element.exists() implies context.exists()"}, /* StructureMap.group.rule.target */
{550, "smp-2", true,
 "context.exists() implies contextType.exists()"}, /* StructureMap.group.rule.target */
{600, "inv-1", true,
 "lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn"}, /* Task */
{604, "tcp-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* TerminologyCapabilities */
{604, "tcp-2", true,
 "(description.count() + software.count() + implementation.count()) > 0"}, /* TerminologyCapabilities */
{604, "tcp-3", true,
 "(kind != 'instance') or implementation.exists()"}, /* TerminologyCapabilities */
{604, "tcp-4", true,
 "(kind != 'capability') or (implementation.exists().not() and software.exists())"}, /* TerminologyCapabilities */
{604, "tcp-5", true,
 "(kind!='requirements') or (implementation.exists().not() and software.exists().not())"}, /* TerminologyCapabilities */
{606, "tcp-1", true,
 "version.count() > 1 implies version.all(code.exists())"}, /* TerminologyCapabilities.codeSystem */
{618, "inv-1", true,
 "operation.exists() xor assert.exists()"}, /* TestReport.setup.action */
{624, "inv-2", true,
 "operation.exists() xor assert.exists()"}, /* TestReport.test.action */
{625, "tst-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* TestScript */
{628, "tst-4", true,
 "capability.required.exists() or capability.validated.exists()"}, /* TestScript.metadata */
{633, "tst-1", true,
 "operation.exists() xor assert.exists()"}, /* TestScript.setup.action */
{634, "tst-5", true,
 "extension.exists() or (contentType.count() + expression.count() + headerField.count() + minimumId.count() + navigationLinks.count() + path.count() + requestMethod.count() + resource.count() + responseCode.count() + response.count()  + validateProfileId.count() <=1)"}, /* TestScript.setup.action.assert */
{634, "tst-10", true,
 "compareToSourceId.empty() xor (compareToSourceExpression.exists() or compareToSourcePath.exists())"}, /* TestScript.setup.action.assert */
{634, "tst-12", true,
 "(response.empty() and responseCode.empty() and direction = 'request') or direction.empty() or direction = 'response'"}, /* TestScript.setup.action.assert */
{635, "tst-7", true,
 "sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' |'search' | 'transaction' | 'history'))"}, /* TestScript.setup.action.operation */
{638, "tst-9", true,
 "operation.all(sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' | 'search' | 'transaction' | 'history')))"}, /* TestScript.teardown.action */
{640, "tst-2", true,
 "operation.exists() xor assert.exists()"}, /* TestScript.test.action */
{640, "tst-8", true,
 "operation.all(sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' | 'search' | 'transaction' | 'history')))"}, /* TestScript.test.action */
{640, "tst-6", true,
 "assert.all(extension.exists() or (contentType.count() + expression.count() + headerField.count() + minimumId.count() + navigationLinks.count() + path.count() + requestMethod.count() + resource.count() + responseCode.count() + response.count() + validateProfileId.count() <=1))"}, /* TestScript.test.action */
{640, "tst-11", true,
 "assert.all(compareToSourceId.empty() xor (compareToSourceExpression.exists() or compareToSourcePath.exists()))"}, /* TestScript.test.action */
{640, "tst-13", true,
 "assert.all((response.empty() and responseCode.empty() and direction = 'request') or direction.empty() or direction = 'response')"}, /* TestScript.test.action */
{641, "tst-3", true,
 "expression.empty() or headerField.empty() or path.empty()"}, /* TestScript.variable */
{643, "tim-1", true,
 "duration.empty() or durationUnit.exists()"}, /* Timing.repeat */
{643, "tim-2", true,
 "period.empty() or periodUnit.exists()"}, /* Timing.repeat */
{643, "tim-4", true,
 "duration.exists() implies duration >= 0"}, /* Timing.repeat */
{643, "tim-5", true,
 "period.exists() implies period >= 0"}, /* Timing.repeat */
{643, "tim-6", true,
 "periodMax.empty() or period.exists()"}, /* Timing.repeat */
{643, "tim-7", true,
 "durationMax.empty() or duration.exists()"}, /* Timing.repeat */
{643, "tim-8", true,
 "countMax.empty() or count.exists()"}, /* Timing.repeat */
{643, "tim-9", true,
 "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))"}, /* Timing.repeat */
{643, "tim-10", true,
 "timeOfDay.empty() or when.empty()"}, /* Timing.repeat */
{644, "trd-1", true,
 "data.empty() or timing.empty()"}, /* TriggerDefinition */
{644, "trd-2", true,
 "condition.exists() implies data.exists()"}, /* TriggerDefinition */
{644, "trd-3", true,
 "(type = 'named-event' implies name.exists()) and (type = 'periodic' implies timing.exists()) and (type.startsWith('data-') implies data.exists())"}, /* TriggerDefinition */
{646, "vsd-0", false,
 "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"}, /* ValueSet */
{648, "vsd-1", true,
 "valueSet.exists() or system.exists()"}, /* ValueSet.compose.include */
{648, "vsd-2", true,
 "(concept.exists() or filter.exists()) implies system.exists()"}, /* ValueSet.compose.include */
{648, "vsd-3", true,
 "concept.empty() or filter.empty()"}, /* ValueSet.compose.include */
{653, "vsd-6", true,
 "code.exists() or display.exists()"}, /* ValueSet.expansion.contains */
{653, "vsd-9", true,
 "code.exists() or abstract = true"}, /* ValueSet.expansion.contains */
{653, "vsd-10", true,
 "code.empty() or system.exists()"}, /* ValueSet.expansion.contains */
};
const int invariant_row_count = 238;
