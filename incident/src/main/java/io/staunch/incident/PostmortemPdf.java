package io.staunch.incident;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Locale;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/// The postmortem's page on paper: the same text, drawings and style sheet, as PDF. Letters beyond the standard faces
/// of PDF come from a face that lies in the library's jar; no face of the machine is used.
public final class PostmortemPdf {
    private static final String FACE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private PostmortemPdf() {}

    public static byte[] of(Incident incident, Tone tone) throws IOException {
        XRLog.setLoggingEnabled(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TrueTypeFont face = face()) {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.useFont(
                    PostmortemPdf::stream,
                    "Liberation Sans",
                    400,
                    FontStyle.NORMAL,
                    true,
                    EnumSet.of(FSFontUseCase.FALLBACK_FINAL));
            builder.useSVGDrawer(new PdfDrawings(face));
            builder.useUriResolver((_, _) -> null);
            builder.withProducer("Staunch");
            builder.withHtmlContent(PostmortemHtml.page(incident, tone), null);
            builder.toStream(out);
            builder.run();
        }
        return out.toByteArray();
    }

    /// The face for what the drawings say.
    private static TrueTypeFont face() throws IOException {
        try (InputStream in = stream()) {
            return new TTFParser().parse(new RandomAccessReadBuffer(in));
        }
    }

    private static InputStream stream() {
        InputStream in = PDDocument.class.getResourceAsStream(FACE);
        if (in == null) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "expected the face %s in pdfbox's jar, found none", FACE));
        }
        return in;
    }
}
