#include "model/markov/downtime/triangle.hpp"

#include <Eigen/Eigenvalues>

namespace nines::markov {

struct Triangle::Form {
  Eigen::MatrixXcd upper;
  Eigen::VectorXcd left, right;
};

Triangle::Triangle(std::unique_ptr<Form> form) : form_(std::move(form)) {}
Triangle::Triangle(Triangle&&) noexcept = default;
Triangle& Triangle::operator=(Triangle&&) noexcept = default;
Triangle::~Triangle() = default;

double Triangle::work(std::size_t rows) {
  const auto n = static_cast<double>(rows);
  return 100 * n * n * n;
}

std::optional<Triangle> Triangle::of(std::vector<Complex> matrix, std::span<const Complex> left,
                                     std::span<const Complex> right) {
  const auto n = static_cast<Eigen::Index>(left.size());
  using Rows = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::ComplexSchur<Eigen::MatrixXcd> schur(Eigen::Map<const Rows>(matrix.data(), n, n));
  if (schur.info() != Eigen::Success) return std::nullopt;
  auto form = std::make_unique<Form>();
  form->upper = schur.matrixT();
  form->left = schur.matrixU().transpose() * Eigen::Map<const Eigen::VectorXcd>(left.data(), n);
  form->right = schur.matrixU().adjoint() * Eigen::Map<const Eigen::VectorXcd>(right.data(), n);
  return Triangle(std::move(form));
}

std::vector<Triangle::Complex> Triangle::operator()(std::span<const Complex> thetas) const {
  using Rows = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto many = static_cast<Eigen::Index>(thetas.size());
  const Eigen::Map<const Eigen::RowVectorXcd> theta(thetas.data(), many);
  const Eigen::Index n = form_->upper.rows();
  Rows y(n, many);  // all thetas at once, so that the innermost loop is a long one
  std::vector<Complex> result(thetas.size(), 0);
  Eigen::Map<Eigen::RowVectorXcd> sum(result.data(), many);
  Eigen::RowVectorXcd rest(many);
  for (Eigen::Index i = n; i-- > 0;) {
    rest.setConstant(form_->right(i));
    for (Eigen::Index j = i + 1; j < n; ++j) rest.noalias() -= form_->upper(i, j) * y.row(j);
    y.row(i) = rest.array() / (theta.array() + form_->upper(i, i));
    sum.noalias() += form_->left(i) * y.row(i);
  }
  return result;
}

Triangle::Complex Triangle::far_out() const {
  return form_->left.cwiseProduct(form_->right).sum();
}

}  // namespace nines::markov
