package athanor.console.pictures;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Language;
import athanor.console.service.Asked;
import athanor.console.service.Services;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import athanor.contracts.run.RunId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The pictures of a run and what is said of them as a set, asked for together. */
final class AskedSet {

    private final Asked<PictureView[]> pictures;
    private final Asked<PicturesReport> report;

    private AskedSet(Asked<PictureView[]> pictures, Asked<PicturesReport> report) {
        this.pictures = pictures;
        this.report = report;
    }

    static AskedSet of(RunId run, Services services, Language language) {
        String path = "/runs/%s/pictures".formatted(run);
        return new AskedSet(
                services.ask(INGEST, path, PictureView[].class, language.code()),
                services.ask(INGEST, path + "/report", PicturesReport.class, language.code()));
    }

    boolean answeredWithin(Duration patience) {
        return pictures.answeredWithin(patience) && report.answeredWithin(patience);
    }

    List<PictureView> pictures() {
        return Arrays.asList(pictures.get());
    }

    PicturesReport report() {
        return report.get();
    }
}
