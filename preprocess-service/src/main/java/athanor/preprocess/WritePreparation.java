package athanor.preprocess;

import athanor.contracts.dataset.PictureFate;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.RunId;
import athanor.store.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes down how the pictures of a run were prepared, for whoever shows it. */
final class WritePreparation {

    private WritePreparation() {}

    static RunPreparation of(PendingDataset pending) {
        RunId run = pending.accepted().runId();
        return new RunPreparation(
                run,
                pending.accepted().recipe().baseModel(),
                digest(pending),
                pending.plan(),
                pending.fates().stream()
                        .map(fate -> new RunPreparation.Prepared(fate, preview(run, fate)))
                        .toList(),
                pending.pairs());
    }

    /** Keys hold the run's id, so what stands under them is told by its hash; the worker's memory is no part of it. */
    private static String digest(PendingDataset pending) {
        StringBuilder all = new StringBuilder(Json.write(pending.accepted().recipe()));
        for (PictureFate fate : pending.fates()) {
            all.append('\n').append(Json.write(withoutKey(fate)));
            all.append('\n')
                    .append(fate.prepared() == null ? "" : fate.prepared().sha256());
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static PictureFate withoutKey(PictureFate fate) {
        return new PictureFate(
                fate.sha256(),
                fate.place(),
                fate.cut(),
                fate.caption(),
                fate.captionFrom(),
                fate.framing(),
                fate.faces(),
                fate.findings(),
                null,
                fate.use());
    }

    private static String preview(RunId run, PictureFate fate) {
        return "/runs/%s/preparation/%s/preview"
                .formatted(
                        run,
                        URLEncoder.encode(fate.place().fileName(), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
    }
}
