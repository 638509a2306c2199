package athanor.sample;

import athanor.contracts.json.Json;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.run.FailureReason;
import athanor.sample.render.CannotRenderException;
import athanor.sample.request.RequestRefused;
import athanor.shell.ProblemException;
import java.util.function.Supplier;

/** What both ways of asking for pictures do with what they are sent. */
final class AskedSamples {

    private AskedSamples() {}

    static SampleRequest read(byte[] body) {
        if (body.length == 0) {
            throw ProblemException.badRequest("the request has no body; send at least baseModel and prompt as JSON");
        }
        return Json.readStrictly(body, SampleRequest.class);
    }

    /** What a request asks of the machine, whatever its pictures show: another prompt or seed makes a deadly one no better. */
    static String cost(SampleRequest request) {
        return "samples "
                + Json.write(new SampleRequest(
                        request.baseModel(),
                        request.loras(),
                        null,
                        null,
                        null,
                        request.count(),
                        request.steps(),
                        null,
                        request.sampler(),
                        request.size(),
                        null,
                        request.twoPasses(),
                        request.refine()));
    }

    static <T> T orProblem(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (TooManyRequests e) {
            throw ProblemException.busy(String.valueOf(e.getMessage()));
        } catch (GuardsRefused e) {
            throw ProblemException.guarded(String.valueOf(e.getMessage()), e.answers());
        } catch (RequestRefused e) {
            throw ProblemException.unusable(String.valueOf(e.getMessage()));
        } catch (CannotRenderException e) {
            throw e.reason() == FailureReason.UNKNOWN_BASE_MODEL
                    ? ProblemException.notFound(e.evidence())
                    : ProblemException.unusable(e.evidence());
        }
    }
}
