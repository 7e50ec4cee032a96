"""The page's part «absences»."""

from fastapi import APIRouter

router = APIRouter()
