package twister.chart;

/// What a picture shows, for programs that draw it themselves.
sealed interface PictureData permits PlotGrid, HeatData {}
