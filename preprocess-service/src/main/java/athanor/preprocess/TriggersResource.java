package athanor.preprocess;

import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.rest.TriggerView;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.preprocess.plan.RareTokens;
import athanor.preprocess.plan.TriggerScore;
import athanor.shell.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Scores words that are to call a subject. Here, because this service has the bases' vocabularies. */
@Path("/triggers")
@Tag(name = "triggers", description = "Which word can call a subject.")
public class TriggersResource {

    private static final int PROPOSED = 8;

    private final BaseModels bases;

    TriggersResource(@ConfigProperty(name = "athanor.base-models") Optional<String> baseModels) {
        this.bases = BaseModels.of(baseModels.orElse(""));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Score a trigger and propose others",
            description =
                    "How many tokens the word has, whether the base has a meaning for it, and rare tokens instead."
                            + " Where this service has no bases at all, CLIP's vocabulary is asked and the reason says so.")
    public TriggerView score(
            @QueryParam("word") @DefaultValue("") String word,
            @QueryParam("base") @DefaultValue("tiny") String base,
            @QueryParam("classNoun") @DefaultValue("person") String classNoun) {
        if (word.isBlank() || word.length() > RecipeLimits.NAME) {
            throw ProblemException.badRequest(
                    "a trigger has 1 to %d characters: /triggers?word=ohwx&base=tiny&classNoun=woman"
                            .formatted(RecipeLimits.NAME));
        }
        List<String> here = bases.names();
        boolean found = bases.find(base) instanceof BaseModelSearch.Found;
        if (!found && !here.isEmpty()) {
            throw ProblemException.unusable("there is no base model '%s'; known are %s (setting athanor.base-models)"
                    .formatted(base, String.join(", ", here)));
        }
        try (KnownBase known = KnownBase.find(bases, base)) {
            TriggerScore score = known.score(word.strip(), classNoun);
            List<String> proposals =
                    RareTokens.propose(
                                    known::tokens,
                                    known.knownTokens(),
                                    PROPOSED,
                                    word.strip().hashCode())
                            .stream()
                            .filter(proposed -> !proposed.equals(word.strip()))
                            .toList();
            return new TriggerView(
                    word.strip(),
                    base,
                    score.tokens(),
                    known.room(),
                    score.verdict(),
                    reason(score, base, found),
                    proposals);
        } catch (UnusableDatasetException e) {
            throw ProblemException.unusable(e.sentence());
        }
    }

    private static String reason(TriggerScore score, String base, boolean found) {
        return found
                ? score.reason()
                : "%s (base '%s' is not at this service; this is by the vocabulary of CLIP, which nearly all bases share)"
                        .formatted(score.reason(), base);
    }
}
