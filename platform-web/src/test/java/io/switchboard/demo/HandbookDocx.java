package io.switchboard.demo;

import io.switchboard.demo.Handbook.Grid;
import io.switchboard.demo.Handbook.Prose;
import io.switchboard.demo.Handbook.Title;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFStyles;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Writes a handbook as a word processor would: real heading styles, paragraphs and tables. */
final class HandbookDocx {

    private static final int[] HEADING_SIZES = {20, 15, 12};

    private HandbookDocx() {}

    static void write(Handbook handbook, Path target) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(target)) {
            XWPFStyles styles = document.createStyles();
            for (int level = 1; level <= HEADING_SIZES.length; level++) {
                styles.addStyle(headingStyle(level));
            }
            for (Handbook.Block block : handbook.blocks()) {
                switch (block) {
                    case Title(int level, String text) -> title(document.createParagraph(), level, text);
                    case Prose(String text) -> prose(document.createParagraph(), text);
                    case Grid(List<List<String>> rows) -> grid(document, rows);
                }
            }
            document.write(out);
        }
    }

    private static XWPFStyle headingStyle(int level) {
        CTStyle style = CTStyle.Factory.newInstance();
        style.setStyleId("Heading" + level);
        style.addNewName().setVal("heading " + level);
        style.setType(STStyleType.PARAGRAPH);
        style.addNewQFormat();
        style.addNewPPr().addNewOutlineLvl().setVal(BigInteger.valueOf(level - 1L));
        return new XWPFStyle(style);
    }

    private static void title(XWPFParagraph paragraph, int level, String text) {
        paragraph.setStyle("Heading" + level);
        paragraph.setSpacingBefore(240);
        XWPFRun run = run(paragraph, text);
        run.setBold(true);
        run.setFontSize(HEADING_SIZES[level - 1]);
    }

    private static void prose(XWPFParagraph paragraph, String text) {
        paragraph.setSpacingAfter(120);
        run(paragraph, text);
    }

    private static XWPFRun run(XWPFParagraph paragraph, String text) {
        XWPFRun run = paragraph.createRun();
        run.setFontFamily("Liberation Sans");
        run.setText(text);
        return run;
    }

    private static void grid(XWPFDocument document, List<List<String>> rows) {
        XWPFTable table = document.createTable(rows.size(), rows.getFirst().size());
        table.setWidth("100%");
        for (int row = 0; row < rows.size(); row++) {
            for (int cell = 0; cell < rows.get(row).size(); cell++) {
                XWPFRun run = run(
                        table.getRow(row).getCell(cell).getParagraphs().getFirst(),
                        rows.get(row).get(cell));
                run.setBold(row == 0);
            }
        }
        document.createParagraph();
    }
}
