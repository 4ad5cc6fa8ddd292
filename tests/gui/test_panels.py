"""The left column: three panels that together edit one experiment."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QScrollArea,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aegui.engine.models import build_models
from aegui.specs import (
    LESSONS,
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    FileSpec,
    FitSpec,
    GaussianCorruption,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    PlateauSpec,
    RmspropSpec,
    SgdSpec,
    SinusoidsSpec,
    TextFormat,
    TrainingSpec,
    VariationalCode,
    find_lesson,
)
from aegui.specs.presets import PRESETS, Preset, preset
from aegui.ui.left_column import LeftColumn
from aegui.ui.panels.add_layer import AddLayer
from aegui.ui.panels.fields import grouped
from aegui.ui.panels.funnel import Funnel
from aegui.ui.panels.option_row import OptionRow
from aegui.ui.theme import DARK, LIGHT, ThemeSwitch

LEFT = Qt.MouseButton.LeftButton
MNIST = find_lesson("mnist").experiment
ACTIVATIONS = ["sigmoid", "relu", "tanh", "elu", "gelu", "linear"]


@pytest.fixture
def column(qtbot: QtBot) -> Iterator[LeftColumn]:
    column = LeftColumn()
    qtbot.addWidget(column)
    column.set_theme(DARK)
    column.set_experiment(MNIST)
    column.resize(320, 1400)
    column.show()
    column.activateWindow()
    qtbot.waitUntil(column.isActiveWindow)
    yield column
    column.close()


def messages(column: QWidget) -> list[QLabel]:
    """Return the labels in view that say a problem."""
    QApplication.processEvents()
    return [
        label
        for label in column.findChildren(QLabel)
        if label.isVisible() and label.property("role") in ("error", "warning")
    ]


def said(column: QWidget) -> str:
    return "\n".join(label.text() for label in messages(column))


def is_beside(label: QLabel, field: QWidget) -> bool:
    """Tell whether a message stands right below a field."""
    top = label.mapToGlobal(QPoint(0, 0)).y()
    bottom = field.mapToGlobal(QPoint(0, field.height())).y()
    return 0 <= top - bottom < 12


def train(column: LeftColumn, hands: Any) -> QWidget:
    return hands.button(column.run_bar, "Train")


def choose(box: QComboBox, text: str) -> None:
    """Choose by the keyboard, as a person does."""
    box.setFocus()
    place, wanted = box.currentIndex(), box.findText(text)
    assert wanted >= 0
    key = Qt.Key.Key_Down if wanted > place else Qt.Key.Key_Up
    for _ in range(abs(wanted - place)):
        # The keys pass by what is not offered.
        if box.currentText() != text:
            QTest.keyClick(box, key)
    assert box.currentText() == text


def layer_fields(column: LeftColumn, name: str = "Width, dense layer") -> list[QWidget]:
    """Return the fields of hidden layers in view, from the input to the output."""
    QApplication.processEvents()
    found = [
        widget
        for widget in column.findChildren(QWidget)
        if widget.accessibleName() == name and widget.isVisible()
    ]
    return sorted(found, key=lambda widget: widget.mapTo(column, QPoint()).y())


def mirror(column: LeftColumn) -> QCheckBox:
    return next(
        box for box in column.findChildren(QCheckBox) if box.text() == "Decoder mirrors the encoder"
    )


def widths(column: LeftColumn) -> list[int]:
    return [field.value() for field in layer_fields(column)]


def test_a_fresh_column_takes_any_experiment(qtbot: QtBot) -> None:
    for lesson in LESSONS:
        column = LeftColumn()
        qtbot.addWidget(column)
        column.set_experiment(lesson.experiment)
        assert column.experiment() == lesson.experiment


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_comes_out_as_it_went_in(column: LeftColumn, lesson: Any, hands: Any) -> None:
    told: list[ExperimentSpec] = []
    column.experiment_changed.connect(told.append)
    column.set_experiment(lesson.experiment)
    assert column.experiment() == lesson.experiment
    assert told == [lesson.experiment], "told once, when it is whole"
    assert not messages(column)
    assert train(column, hands).isEnabled()


activations = st.sampled_from(ACTIVATIONS)
rates = st.floats(0, 100, exclude_min=True)
fractions = st.floats(0, 1, exclude_max=True)
shares = st.floats(0, 1, exclude_min=True, exclude_max=True)
seeds = st.integers(0, 2**31 - 1)
patience = st.integers(1, 100_000)
after = {"activation": activations, "batch_norm": st.booleans(), "dropout": fractions}
denses = st.builds(DenseLayer, width=st.integers(1, 16_384), **after)
convs = st.builds(
    ConvLayer,
    filters=st.integers(1, 512),
    kernel_size=st.integers(1, 11),
    stride=st.integers(1, 4),
    **after,
)


def stacks(first: Any, then: Any) -> Any:
    """Layers of one kind, and behind them layers of the other."""
    parts = st.tuples(st.lists(first, max_size=3), st.lists(then, max_size=3))
    return parts.map(lambda parts: tuple(parts[0] + parts[1]))


codes = st.one_of(
    st.builds(DenseCode, width=st.integers(1, 16_384), activation=activations, l1=st.floats(0, 1)),
    st.builds(
        VariationalCode,
        width=st.integers(1, 16_384),
        beta=st.floats(0, 1000),
        warm_up_epochs=st.integers(0, 100_000),
    ),
)
corruptions = st.one_of(
    st.none(),
    st.builds(GaussianCorruption, stddev=st.floats(0, 10, exclude_min=True)),
    st.builds(MaskingCorruption, share=shares),
)
generated = {
    "rows": st.integers(10, 20_000_000),
    "features": st.integers(2, 10_000),
    "seed": seeds,
    "test_share": st.floats(0.01, 0.9),
}
experiments = st.builds(
    ExperimentSpec,
    dataset=st.one_of(
        st.builds(NoiseSpec, low=st.floats(-9, 0), high=st.floats(0.1, 1e6), **generated),
        st.builds(SinusoidsSpec, **generated),
        st.builds(MnistSpec, rows=st.integers(10, 60_000)),
    ),
    architecture=st.builds(
        ArchitectureSpec,
        encoder=stacks(convs, denses),
        code=codes,
        decoder=st.none() | stacks(denses, convs),
        corruption=corruptions,
        output_activation=activations,
        loss=st.sampled_from(["binary_crossentropy", "mean_squared_error", "mean_absolute_error"]),
        optimizer=st.one_of(
            st.builds(AdamSpec, learning_rate=rates, beta_1=fractions, beta_2=fractions),
            st.builds(SgdSpec, learning_rate=rates, momentum=fractions),
            st.builds(RmspropSpec, learning_rate=rates, rho=fractions),
            st.builds(AdamWSpec, learning_rate=rates, weight_decay=fractions, beta_1=fractions),
        ),
    ),
    training=st.builds(
        TrainingSpec,
        epochs=st.integers(1, 100_000),
        batch_size=st.integers(1, 1_000_000),
        seed=seeds,
        shuffle=st.booleans(),
        early_stopping=st.none()
        | st.builds(EarlyStoppingSpec, patience=patience, min_delta=st.floats(0, 1000)),
        plateau=st.none() | st.builds(PlateauSpec, patience=patience, factor=shares),
    ),
)


@given(experiment=experiments)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_experiment_comes_out_as_it_went_in(
    column: LeftColumn, experiment: ExperimentSpec
) -> None:
    column.set_experiment(experiment)
    assert column.experiment() == experiment


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("abc", 'Is "abc", but must be a number'),
        ("", 'Is "", but must be a number'),
        ("0", "Is 0.0, but must be greater than 0"),
        ("-1", "Is -1.0, but must be greater than 0"),
        ("nan", "must be"),
        ("inf", "must be"),
        ("1e9", "must be at most 100"),
    ],
)
def test_a_wrong_learning_rate_is_said_beside_it(
    column: LeftColumn, hands: Any, typed: str, message: str
) -> None:
    field = hands.field(column, "Learning rate")
    hands.type(field, typed)
    (label,) = messages(column)
    assert message in label.text()
    assert label.property("role") == "error"
    assert is_beside(label, field)
    assert field.text() == typed, "what was typed stays"
    assert not train(column, hands).isEnabled()
    what = label.text().lower()
    assert what in train(column, hands).toolTip().lower()
    hands.type(field, "1e-3")
    assert not messages(column)
    assert field.text() == "1e-3", "as people write it"
    assert train(column, hands).isEnabled()
    assert what not in train(column, hands).toolTip().lower()
    assert column.experiment() == MNIST


@pytest.mark.parametrize(("typed", "rate"), [("0,01", 0.01), ("5e-4", 0.0005), (" 2 ", 2.0)])
def test_a_learning_rate_is_taken_as_people_write_it(
    column: LeftColumn, hands: Any, typed: str, rate: float
) -> None:
    hands.type(hands.field(column, "Learning rate"), typed)
    assert column.experiment().architecture.optimizer == AdamSpec(learning_rate=rate)


def test_nothing_typed_is_lost_while_another_field_is_edited(
    column: LeftColumn, hands: Any
) -> None:
    rate = hands.field(column, "Learning rate")
    hands.type(rate, "abc")
    hands.type(hands.field(column, "Epochs"), "7")
    hands.type(layer_code(column), "16")
    mirror(column).click()
    choose(hands.field(column, "Source"), "Sinusoids")
    hands.click(column, "Add a layer to the encoder")
    hands.click(column, "Add a layer to the encoder")
    assert rate.text() == "abc"
    assert layer_code(column).value() == 16
    assert not mirror(column).isChecked()
    assert len(layer_fields(column)) == 2
    assert not train(column, hands).isEnabled()
    hands.type(rate, "0.01")
    assert train(column, hands).isEnabled()
    experiment = column.experiment()
    assert experiment.training.epochs == 7
    assert experiment.dataset == SinusoidsSpec()
    architecture = experiment.architecture
    assert architecture.code.width == 16
    assert len(architecture.encoder) == 2
    assert architecture.decoder == ()
    assert architecture.optimizer == AdamSpec(learning_rate=0.01)


def layer_code(column: LeftColumn) -> QSpinBox:
    return next(
        field for field in column.findChildren(QSpinBox) if field.accessibleName() == "Code size"
    )


def test_an_optimizer_has_its_own_settings(column: LeftColumn, hands: Any) -> None:
    choose(hands.field(column, "Optimizer"), "SGD")
    assert column.experiment().architecture.optimizer == SgdSpec()
    hands.type(hands.field(column, "Momentum"), "1.5")
    assert "must be less than 1" in said(column)
    choose(hands.field(column, "Optimizer"), "RMSprop")
    assert not said(column)
    hands.type(hands.field(column, "Rho"), "0.5")
    assert column.experiment().architecture.optimizer == RmspropSpec(rho=0.5)
    choose(hands.field(column, "Optimizer"), "AdamW")
    assert column.experiment().architecture.optimizer == AdamWSpec()


def test_the_wheel_over_a_field_changes_nothing(column: LeftColumn, hands: Any) -> None:
    hands.field(column, "Seed").setFocus()
    for name in ("Epochs", "Batch", "Source", "Loss"):
        field = hands.field(column, name)
        middle = QPointF(field.rect().center())
        event = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
    assert column.experiment() == MNIST


def test_layers_are_added_edited_moved_and_removed(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    assert column.experiment().architecture.encoder == (DenseLayer(width=158, activation="relu"),)
    assert widths(column) == [158, 158], "the decoder mirrors it"
    hands.click(column, "Add a layer to the encoder")
    assert widths(column) == [158, 71, 71, 158]
    hands.type(layer_fields(column)[0], "300")
    choose(layer_fields(column, "Activation, dense layer")[0], "tanh")
    assert widths(column) == [300, 71, 71, 300]
    assert [layer.activation for layer in column.experiment().architecture.encoder] == [
        "tanh",
        "relu",
    ]
    click_of_layer(column, 0, "Move down")
    assert widths(column) == [71, 300, 300, 71]
    assert column.experiment().architecture.encoder[1] == DenseLayer(width=300, activation="tanh")
    click_of_layer(column, 0, "Move up")
    assert widths(column) == [71, 300, 300, 71], "the first stays where it is"
    assert not layer_fields(column, "Move up")[0].isEnabled()
    assert not layer_fields(column, "Move down")[1].isEnabled()
    click_of_layer(column, 1, "Move up")
    click_of_layer(column, 1, "Remove this layer")
    assert widths(column) == [300, 300]
    click_of_layer(column, 0, "Remove this layer")
    assert widths(column) == []
    assert column.experiment() == MNIST


def click_of_layer(column: LeftColumn, place: int, name: str) -> None:
    QTest.mouseClick(layer_fields(column, name)[place], LEFT)


def test_the_mirror_is_switched_off_and_on(column: LeftColumn, hands: Any) -> None:
    switch = mirror(column)
    hands.click(column, "Add a layer to the encoder")
    decoder = layer_fields(column)[1]
    assert not decoder.isEnabled()
    assert not hands.button(column, "Add a layer to the decoder").isEnabled()
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    layer = DenseLayer(width=158, activation="relu")
    assert column.experiment().architecture.decoder == (layer,), "it stays as it was seen"
    assert decoder.isEnabled()
    hands.type(decoder, "200")
    hands.click(column, "Add a layer to the decoder")
    architecture = column.experiment().architecture
    assert [layer.width for layer in architecture.encoder] == [158]
    assert [layer.width for layer in architecture.decoder_layers] == [80, 200]
    assert widths(column) == [158, 80, 200], "in the order of the data"
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert column.experiment().architecture.decoder is None
    assert widths(column) == [158, 158]


def test_no_more_layers_than_a_spec_takes(column: LeftColumn, hands: Any) -> None:
    for _ in range(16):
        hands.click(column, "Add a layer to the encoder")
    assert len(column.experiment().architecture.encoder) == 16
    assert not hands.button(column, "Add a layer to the encoder").isEnabled()
    assert not messages(column)


def test_slider_and_number_of_the_code_agree(column: LeftColumn, hands: Any) -> None:
    slider, number = column.findChild(QSlider), layer_code(column)
    places = []
    for size in (1, 2, 32, 300, 784):
        hands.type(number, str(size))
        places.append(slider.value())
        assert column.experiment().architecture.code.width == size
    assert places == sorted(places)
    assert (places[0], places[-1]) == (slider.minimum(), slider.maximum())
    for place in (slider.minimum(), 300, 700, slider.maximum()):
        slider.setValue(place)
        assert slider.value() == place
        assert column.experiment().architecture.code.width == number.value()
        assert abs(round(784 ** (place / 1000)) - number.value()) == 0
    hands.type(number, "32")
    before = number.value()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert number.value() > before
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert number.value() == 1
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert number.value() == 2, "every press of an arrow changes the number"
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert number.value() == 1


def test_the_mouse_moves_the_slider(column: LeftColumn) -> None:
    slider, number = column.findChild(QSlider), layer_code(column)
    middle = slider.height() // 2
    QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 3, middle))
    assert number.value() > 32
    assert column.experiment().architecture.code.width == number.value()


def test_the_funnel_shows_the_layers(column: LeftColumn, hands: Any) -> None:
    funnel = column.findChild(Funnel)
    pictures = [funnel.grab().toImage()]
    assert funnel.accessibleName() == "Layers: 784, 32, 784"
    hands.type(layer_code(column), "4")
    pictures.append(funnel.grab().toImage())
    hands.click(column, "Add a layer to the encoder")
    pictures.append(funnel.grab().toImage())
    assert funnel.accessibleName() == "Layers: 784, 56, 4, 56, 784"
    column.set_theme(LIGHT)
    pictures.append(funnel.grab().toImage())
    for place, picture in enumerate(pictures):
        assert all(picture != other for other in pictures[place + 1 :])


def test_amber_in_the_funnel_is_the_code(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    image = column.findChild(Funnel).grab().toImage()
    amber = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).name() == DARK.code
    ]
    assert amber
    assert abs((min(amber) + max(amber)) / 2 - image.width() / 2) < 2


@pytest.mark.parametrize("known", PRESETS, ids=lambda known: known.name)
def test_parameters_in_words_are_those_of_keras(
    column: LeftColumn, hands: Any, known: Preset
) -> None:
    choose(hands.field(column, "Model"), known.title)
    models = build_models(preset(known.name, MnistSpec()), MnistSpec().row_shape)
    count = sum(int(np.prod(weight.shape)) for weight in models.autoencoder.trainable_weights)
    words = next(text for text in hands.texts(column.architecture) if "parameters" in text)
    assert words.startswith(f"{grouped(count)} parameters · ")


def test_words_follow_the_code(column: LeftColumn, hands: Any) -> None:
    assert any("24.5 : 1 compression" in text for text in hands.texts(column))
    hands.type(layer_code(column), "98")
    assert any("8 : 1 compression" in text for text in hands.texts(column))


def test_a_batch_larger_than_the_data_is_said_beside_it(column: LeftColumn, hands: Any) -> None:
    batch = hands.field(column, "Batch")
    hands.type(batch, "60001")
    (label,) = messages(column)
    assert label.text() == "A batch of 60001 is larger than the 60000 training rows"
    assert is_beside(label, batch)
    assert not train(column, hands).isEnabled()
    hands.type(batch, "60000")
    assert not messages(column)
    hands.type(hands.field(column, "Rows"), "500")
    assert "larger than the 500 training rows" in said(column)
    assert not train(column, hands).isEnabled()


def test_a_code_as_wide_as_the_input_is_a_warning(column: LeftColumn, hands: Any) -> None:
    hands.type(layer_code(column), "784")
    (label,) = messages(column)
    assert "no bottleneck" in label.text()
    assert label.property("role") == "warning"
    assert train(column, hands).isEnabled()
    hands.type(layer_code(column), "783")
    assert not messages(column)


def test_cross_entropy_wants_data_between_0_and_1(column: LeftColumn, hands: Any) -> None:
    column.set_experiment(find_lesson("noise-simple").experiment)
    hands.type(hands.field(column, "From"), "-1")
    assert "Cross-entropy needs data in [0, 1]" in said(column)
    assert not train(column, hands).isEnabled()
    choose(hands.field(column, "Loss"), "Mean squared error")
    (label,) = messages(column)
    assert "sigmoid cannot reach data in [-1, 1]" in label.text().lower()
    assert label.property("role") == "warning"
    assert train(column, hands).isEnabled()
    choose(layer_fields(column, "Activation, output layer")[0], "tanh")
    assert not messages(column)


def test_an_empty_range_is_said(column: LeftColumn, hands: Any) -> None:
    column.set_experiment(find_lesson("noise-simple").experiment)
    hands.type(hands.field(column, "to"), "-3")
    (label,) = messages(column)
    assert label.text() == "High (-3) must be greater than low (0)"
    assert is_beside(label, hands.field(column, "to"))
    assert not train(column, hands).isEnabled()


def test_more_numbers_than_fit_are_refused(column: LeftColumn, hands: Any) -> None:
    column.set_experiment(find_lesson("noise-simple").experiment)
    hands.type(hands.field(column, "Features"), "10000")
    assert "take at most 100 000 rows" in said(column)
    assert is_beside(messages(column)[0], hands.field(column, "Rows"))
    assert not train(column, hands).isEnabled()


def test_each_kind_of_data_has_its_fields(column: LeftColumn, hands: Any) -> None:
    asked: list[object] = []
    column.dataset.preview_requested.connect(asked.append)
    shown = {}
    for kind in ("Uniform noise", "Sinusoids", "MNIST digits"):
        choose(hands.field(column, "Source"), kind)
        shown[kind] = {
            name
            for name in ("Rows", "Features", "From", "to", "Seed", "Test share")
            if any(
                widget.isVisible() and widget.accessibleName() == name
                for widget in column.dataset.findChildren(QWidget)
            )
        }
    assert shown["Uniform noise"] == {"Rows", "Features", "From", "to", "Seed", "Test share"}
    assert shown["Sinusoids"] == {"Rows", "Features", "Seed", "Test share"}
    assert shown["MNIST digits"] == {"Rows"}
    assert column.experiment() == MNIST
    assert asked[-1] == MnistSpec()
    # The keys pass noise on the way back.
    assert [type(spec) for spec in asked] == [NoiseSpec, SinusoidsSpec, NoiseSpec, MnistSpec]


def test_a_file_of_an_experiment_is_a_source(column: LeftColumn, hands: Any) -> None:
    fit = FitSpec(fills=(0, 0), shifts=(0, 1), factors=(1, 2), words=((), ()))
    file = FileSpec(
        path="/data/cars.csv", size=9, sha256="0" * 64, format=TextFormat(), columns=("a", "b"),
        rows=900, features=2, low=0, high=1, fit=fit,
    )  # fmt: skip
    experiment = MNIST.model_copy(update={"dataset": file})
    column.set_experiment(experiment)
    assert column.experiment() == experiment
    texts = hands.texts(column)
    assert "cars.csv" in texts
    assert "810 to train · 90 to test · 2 features in [0, 1]" in texts
    choose(hands.field(column, "Source"), "Sinusoids")
    assert column.experiment().dataset == SinusoidsSpec()
    choose(hands.field(column, "Source"), "My own data")
    assert column.experiment().dataset == file


def test_the_architecture_follows_the_data(column: LeftColumn, hands: Any) -> None:
    choose(hands.field(column, "Source"), "Uniform noise")
    assert column.findChild(Funnel).accessibleName() == "Layers: 32, 32, 32"
    assert "no bottleneck" in said(column)
    counts = "900 000 to train · 100 000 to test · 32 features in [0, 1]"
    found = [text.replace("\N{NARROW NO-BREAK SPACE}", " ") for text in hands.texts(column)]
    assert counts in found
    hands.type(hands.field(column, "Features"), "64")
    assert column.findChild(Funnel).accessibleName() == "Layers: 64, 32, 64"
    assert not messages(column)


def test_a_test_share_out_of_range_is_said_beside_it(column: LeftColumn, hands: Any) -> None:
    choose(hands.field(column, "Source"), "Sinusoids")
    share = hands.field(column, "Test share")
    hands.type(share, "0.95")
    label = next(label for label in messages(column) if "0.9" in label.text())
    assert "must be at most 0.9" in label.text()
    assert is_beside(label, share)
    assert not train(column, hands).isEnabled()
    choose(hands.field(column, "Source"), "Uniform noise")
    assert "must be at most" not in said(column), "the other kind's field was right"


# The models that people know by name.


@pytest.mark.parametrize("dataset", [MnistSpec(), SinusoidsSpec(), NoiseSpec(low=-3, high=40)])
def test_a_model_is_chosen_by_its_name(column: LeftColumn, hands: Any, dataset: Any) -> None:
    column.set_experiment(ExperimentSpec(dataset=dataset))
    for known in PRESETS:
        if known.fits(dataset):
            choose(hands.field(column, "Model"), known.title)
            assert column.experiment().architecture == preset(known.name, dataset)
            assert not messages(column)
            assert train(column, hands).isEnabled()


def test_convolutions_are_offered_for_pictures_only(column: LeftColumn, hands: Any) -> None:
    model = hands.field(column, "Model")
    choose(model, "Convolutional")
    choose(hands.field(column, "Source"), "Sinusoids")
    (problem, *_) = [label for label in messages(column) if "Convolutions need" in label.text()]
    assert is_beside(problem, layer_fields(column, "Filters, conv layer")[1])
    assert not train(column, hands).isEnabled()
    place = model.findText("Convolutional")
    assert not model.model().item(place).isEnabled()
    assert "pictures" in model.itemData(place, Qt.ItemDataRole.ToolTipRole)
    convolution = adding(column, "encoder").menu().actions()[1]
    assert not convolution.isEnabled()
    assert "pictures" in convolution.toolTip()
    choose(model, "Deep")
    QTest.keyClick(model, Qt.Key.Key_Down)
    assert model.currentText() == "Variational", "the keys pass by what is not offered"
    assert not messages(column)


def test_fields_that_make_no_known_model_are_own(column: LeftColumn, hands: Any) -> None:
    model = hands.field(column, "Model")
    assert model.currentText() == "Dense"
    hands.type(layer_code(column), "16")
    choose(hands.field(column, "Optimizer"), "SGD")
    assert model.currentText() == "Dense", "with another code and optimizer still"
    choose(layer_fields(column, "Activation, output layer")[0], "relu")
    assert model.currentText() == "Own"
    assert not model.model().item(model.currentIndex()).isEnabled(), "nobody can choose it"
    choose(model, "Deep")
    hands.type(layer_fields(column)[0], "257")
    assert model.currentText() == "Own"
    hands.type(layer_fields(column)[0], "256")
    assert model.currentText() == "Deep"


def test_a_model_leaves_the_optimizer_as_it_is(column: LeftColumn, hands: Any) -> None:
    choose(hands.field(column, "Optimizer"), "SGD")
    rate = hands.field(column, "Learning rate")
    hands.type(rate, "fast")
    choose(hands.field(column, "Model"), "Deep")
    assert rate.text() == "fast"
    hands.type(rate, "0.5")
    architecture = column.experiment().architecture
    assert architecture.optimizer == SgdSpec(learning_rate=0.5)
    assert [layer.width for layer in architecture.encoder] == [256, 64]


# Options of a layer.


def adding(column: LeftColumn, half: str) -> AddLayer:
    return next(
        button
        for button in column.findChildren(AddLayer)
        if button.accessibleName() == f"Add a layer to the {half}"
    )


def options(column: LeftColumn, place: int) -> QAbstractButton:
    button = layer_fields(column, "Options")[place]
    assert isinstance(button, QAbstractButton)
    return button


def add_convolution(column: LeftColumn, half: str) -> None:
    actions = {action.text(): action for action in adding(column, half).menu().actions()}
    actions["Convolution"].trigger()


def test_options_unfold_and_are_said_when_folded(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    assert not layer_fields(column, "Dropout")
    options(column, 0).click()
    (dropout,) = layer_fields(column, "Dropout")
    hands.type(dropout, "0.2")
    layer_fields(column, "Batch norm")[0].click()
    assert column.experiment().architecture.encoder == (
        DenseLayer(width=158, dropout=0.2, batch_norm=True),
    )
    words = "dropout 0.2 · batch norm"
    assert hands.texts(column).count(words) == 1, "that of the decoder, which mirrors it"
    options(column, 0).click()
    assert not layer_fields(column, "Dropout")
    assert hands.texts(column).count(words) == 2
    column.set_experiment(MNIST)
    assert words not in hands.texts(column)


def test_a_wrong_option_is_said_beside_it_and_stays(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    options(column, 0).click()
    (dropout,) = layer_fields(column, "Dropout")
    hands.type(dropout, "1.5")
    (label,) = messages(column)
    assert label.text() == "Is 1.5, but must be less than 1"
    assert is_beside(label, dropout)
    assert not train(column, hands).isEnabled()
    options(column, 0).click()
    assert dropout.isVisible(), "what is wrong cannot be folded away"
    hands.click(column, "Add a layer to the encoder")
    click_of_layer(column, 0, "Move down")
    assert widths(column)[:2] == [71, 158]
    (dropout,) = layer_fields(column, "Dropout")
    assert dropout.text() == "1.5", "it goes with its layer"
    assert is_beside(messages(column)[0], dropout)
    hands.type(dropout, "0.5")
    assert not messages(column)
    assert [layer.dropout for layer in column.experiment().architecture.encoder] == [0, 0.5]


def test_a_wrong_option_of_a_new_decoder_layer_counts_as_none(
    column: LeftColumn, hands: Any
) -> None:
    mirror(column).click()
    hands.click(column, "Add a layer to the decoder")
    options(column, 1).click()
    hands.type(layer_fields(column, "Dropout")[0], "much")
    hands.click(column, "Add a layer to the decoder")
    hands.type(hands.field(column, "Epochs"), "3")
    assert "must be a number" in said(column)
    assert len(column.experiment().architecture.decoder_layers) == 2
    assert column.experiment().training.epochs == 3


def test_convolutions_stand_where_they_may(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    add_convolution(column, "encoder")
    add_convolution(column, "encoder")
    encoder = (ConvLayer(filters=16), ConvLayer(filters=32), DenseLayer(width=158))
    assert column.experiment().architecture.encoder == encoder
    ups = [button.isEnabled() for button in layer_fields(column, "Move up")]
    downs = [button.isEnabled() for button in layer_fields(column, "Move down")]
    assert (ups[:3], downs[:3]) == ([False, True, False], [True, False, False])
    mirror(column).click()
    add_convolution(column, "decoder")
    hands.click(column, "Add a layer to the decoder")
    kinds = [layer.kind for layer in column.experiment().architecture.decoder_layers]
    assert kinds == ["dense", "dense", "conv", "conv", "conv"]
    assert column.experiment().architecture.decoder_layers[2].filters == 64
    assert not messages(column)
    options(column, 0).click()
    hands.type(layer_fields(column, "Kernel")[0], "5")
    hands.type(layer_fields(column, "Stride")[0], "1")
    assert column.experiment().architecture.encoder[0] == ConvLayer(kernel_size=5, stride=1)
    options(column, 0).click()
    assert "5 × 5 · stride 1" in hands.texts(column)


def test_the_funnel_tells_shapes_of_pictures(column: LeftColumn, hands: Any) -> None:
    choose(hands.field(column, "Model"), "Convolutional")
    funnel = column.findChild(Funnel)
    shapes = "784, 14 × 14 × 16, 7 × 7 × 32, 32, 7 × 7 × 32, 14 × 14 × 32, 28 × 28 × 16, 784"
    assert funnel.accessibleName() == f"Layers: {shapes}"
    assert funnel.toolTip() == shapes.replace(", ", " → ")


def test_tab_visits_layers_where_they_stand(column: LeftColumn, hands: Any) -> None:
    hands.click(column, "Add a layer to the encoder")
    hands.click(column, "Add a layer to the encoder")
    shown = layer_fields(column)
    layer_code(column).setFocus()
    visited: list[QWidget] = []
    while len(visited) < 40 and hands.field(column, "Loss") not in visited:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    rows = [field for field in visited if field in shown]
    assert rows == shown[:2], "the decoder's cannot be edited"
    names = [field.accessibleName() for field in visited]
    assert names.index("Kind of code") > names.index("Width, dense layer")
    assert names.index("Add a layer to the encoder") > names.index("Activation, output layer")


def test_the_focus_follows_a_layer_that_moves(column: LeftColumn, hands: Any) -> None:
    for _ in range(3):
        hands.click(column, "Add a layer to the encoder")
    first = widths(column)[0]
    layer_fields(column, "Move down")[0].setFocus()
    for place in (1, 2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert widths(column)[place] == first
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert widths(column)[1] == first, "at the end the way leads back"


# The code, the damage, and the callbacks.


def test_a_code_is_dense_or_variational(column: LeftColumn, hands: Any) -> None:
    place = 0
    options(column, place).click()
    hands.type(hands.field(column, "L1 penalty"), "1e-5")
    assert column.experiment().architecture.code == DenseCode(width=32, l1=1e-5)
    hands.type(hands.field(column, "L1 penalty"), "2")
    assert "must be at most 1" in said(column)
    choose(hands.field(column, "Kind of code"), "Variational")
    assert not messages(column)
    assert column.experiment().architecture.code == VariationalCode(width=32)
    beta = hands.field(column, "β")
    hands.type(beta, "-1")
    assert is_beside(messages(column)[0], beta)
    hands.type(beta, "0,5")
    hands.type(hands.field(column, "Warm-up"), "5")
    code = VariationalCode(width=32, beta=0.5, warm_up_epochs=5)
    assert column.experiment().architecture.code == code
    options(column, place).click()
    assert "β 0,5 · warm-up over 5 epochs" in hands.texts(column)


def test_the_input_is_damaged_on_demand(column: LeftColumn, hands: Any) -> None:
    kind = hands.field(column, "Corruption")
    choose(kind, "Gaussian noise")
    assert column.experiment().architecture.corruption == GaussianCorruption(stddev=0.3)
    hands.type(hands.field(column, "Standard deviation"), "0")
    assert is_beside(messages(column)[0], hands.field(column, "Standard deviation"))
    assert not train(column, hands).isEnabled()
    choose(kind, "Masking")
    assert not messages(column)
    hands.type(hands.field(column, "Share set to 0"), "0.25")
    assert column.experiment().architecture.corruption == MaskingCorruption(share=0.25)
    choose(kind, "None")
    assert column.experiment() == MNIST


def test_keras_callbacks_are_switched_on_and_set(column: LeftColumn, hands: Any) -> None:
    after = hands.field(column, "Patience of early stopping")
    assert not after.isEnabled()
    hands.click(column, "Early stop")
    hands.type(after, "7")
    assert column.experiment().training.early_stopping == EarlyStoppingSpec(patience=7)
    hands.click(column, "Reduce on plateau")
    hands.type(hands.field(column, "Patience on a plateau"), "2")
    factor = hands.field(column, "Factor on a plateau")
    hands.type(factor, "1")
    assert is_beside(messages(column)[0], factor)
    assert not train(column, hands).isEnabled()
    hands.click(column, "Reduce on plateau")
    assert not messages(column), "what is off cannot be wrong"
    hands.click(column, "Reduce on plateau")
    hands.type(factor, "0.1")
    assert column.experiment().training.plateau == PlateauSpec(patience=2, factor=0.1)
    column.set_experiment(MNIST)
    assert not after.isEnabled()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_nothing_is_cut_off(styled_application: QApplication, qtbot: QtBot, theme: str) -> None:
    switch = ThemeSwitch(styled_application, theme)
    switch.dress()
    column = LeftColumn()
    qtbot.addWidget(column)
    column.resize(320, 600)
    column.show()
    scroll = column.findChild(QScrollArea)
    for known in PRESETS:
        column.set_experiment(ExperimentSpec(architecture=preset(known.name, MnistSpec())))
        for row in column.findChildren(OptionRow):
            row.set_open(True)
        QApplication.processEvents()
        assert scroll.verticalScrollBar().isVisible()
        assert scroll.widget().width() <= scroll.viewport().width(), known.name
    switch.deleteLater()
